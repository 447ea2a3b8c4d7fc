package dev.syncline.source;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.sheets.v4.model.ValueRange;

/** Parses a tab of 10,000 rows by 100 columns, all cells different, as it comes from Google; {@link LargeTabTest} runs it. */
final class LargeTab {
    static final int ROWS = 10_000;
    static final int COLUMNS = 100;

    private LargeTab() {}

    public static void main(String... arguments) throws Exception {
        ValueRange values = GsonFactory.getDefaultInstance()
                .createJsonParser(answer(), StandardCharsets.UTF_8)
                .parseAndClose(ValueRange.class);
        SheetCells cells = new SheetCells(1, ROWS);
        cells.add(1, values.getValues());
        SheetTab tab = new SheetTab("id", "Devices", ZoneOffset.UTC, cells.rows(), Set.of(), 1, 0);

        System.gc();
        Runtime jvm = Runtime.getRuntime();
        long kept = jvm.totalMemory() - jvm.freeMemory();
        System.out.printf(
                "%d %s %d%n", tab.rows().size(), tab.rows().get(ROWS - 1).get(COLUMNS - 1), kept / (1 << 20));
    }

    /** A stream, so that the text itself takes no room. */
    private static InputStream answer() {
        Stream<String> rows = IntStream.range(0, ROWS).mapToObj(LargeTab::row);
        Iterator<InputStream> parts = Stream.of(Stream.of("{\"values\":["), rows, Stream.of("]}"))
                .flatMap(part -> part)
                .<InputStream>map(text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .iterator();
        return new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return parts.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return parts.next();
            }
        });
    }

    private static String row(int row) {
        StringBuilder text = new StringBuilder(row == 0 ? "[" : ",[");
        for (int column = 0; column < COLUMNS; column++) {
            text.append(column == 0 ? "\"" : ",\"")
                    .append("value ")
                    .append(row)
                    .append('-')
                    .append(column)
                    .append('"');
        }
        return text.append(']').toString();
    }
}
