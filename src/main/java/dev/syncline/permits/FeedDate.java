package dev.syncline.permits;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.syncline.source.CellText;

/**
 * The dates of the feed in every spelling that its exports have used (S1-23): {@code 2022-04-05}, {@code 2013/01/03},
 * {@code 01/23/2015} (month first), {@code 20220405}, {@code 20220405000000}, and each of the first three with a time and
 * a zone behind it. Only the date is kept, as written: no zone shifts it.
 */
final class FeedDate {
    private static final Pattern TIME =
            Pattern.compile("[T ]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d([.,]\\d{1,9})?)?( ?(Z|[+-]\\d\\d(:?\\d\\d)?))?");
    private static final Pattern COMPACT_TIME = Pattern.compile("([01]\\d|2[0-3])[0-5]\\d[0-5]\\d");

    private static final int COMPACT_LENGTH = 8;
    private static final int SEPARATED_LENGTH = 10;

    private FeedDate() {}

    /** The date; null when the cell is blank, in another spelling, or names a day that no calendar has. */
    static @Nullable LocalDate of(Object cell) {
        String text = CellText.of(cell);
        if (text == null || text.length() < COMPACT_LENGTH) {
            return null;
        }
        if (separatedBy('-', text, 4, 7) || separatedBy('/', text, 4, 7)) {
            return isTail(TIME, text, SEPARATED_LENGTH) ? date(text, 0, 5, 8) : null;
        }
        if (separatedBy('/', text, 2, 5)) {
            return isTail(TIME, text, SEPARATED_LENGTH) ? date(text, 6, 0, 3) : null;
        }
        return isTail(COMPACT_TIME, text, COMPACT_LENGTH) ? date(text, 0, 4, 6) : null;
    }

    private static boolean separatedBy(char separator, String text, int first, int second) {
        return text.length() >= SEPARATED_LENGTH && text.charAt(first) == separator && text.charAt(second) == separator;
    }

    private static boolean isTail(Pattern time, String text, int from) {
        return text.length() == from
                || time.matcher(text).region(from, text.length()).matches();
    }

    private static @Nullable LocalDate date(String text, int yearAt, int monthAt, int dayAt) {
        int year = digits(text, yearAt, 4);
        int month = digits(text, monthAt, 2);
        int day = digits(text, dayAt, 2);
        boolean onCalendar = year > 0
                && month > 0
                && month <= 12
                && day > 0
                && day <= YearMonth.of(year, month).lengthOfMonth();
        return onCalendar ? LocalDate.of(year, month, day) : null;
    }

    /** The number in these places, or -1 when one of them is no digit. */
    private static int digits(String text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
