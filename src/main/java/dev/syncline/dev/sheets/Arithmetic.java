package dev.syncline.dev.sheets;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** The operators of formulas. An error in an operand is the result. */
final class Arithmetic {
    private Arithmetic() {}

    static Object apply(String operator, @Nullable Object left, @Nullable Object right) {
        if (left instanceof CellError) {
            return left;
        }
        if (right instanceof CellError) {
            return right;
        }
        return switch (operator) {
            case "&" -> Shown.general(left) + Shown.general(right);
            case "=" -> compare(left, right) == 0;
            case "<>" -> compare(left, right) != 0;
            case "<" -> compare(left, right) < 0;
            case "<=" -> compare(left, right) <= 0;
            case ">" -> compare(left, right) > 0;
            case ">=" -> compare(left, right) >= 0;
            default -> calculate(operator, number(left), number(right));
        };
    }

    private static Object calculate(String operator, Object left, Object right) {
        if (!(left instanceof Double a)) {
            return left;
        }
        if (!(right instanceof Double b)) {
            return right;
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> b == 0 ? CellError.DIVIDE_BY_ZERO : (Object) (a / b);
            default -> Math.pow(a, b);
        };
    }

    /** A {@code Double}, or the {@link CellError} that there is instead. */
    static Object number(@Nullable Object value) {
        if (value == null) {
            return 0.0;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1.0 : 0.0;
        }
        if (value instanceof String text) {
            return UserEntry.parse(text, null).entered() instanceof Double parsed ? parsed : CellError.VALUE;
        }
        return value;
    }

    /** Of numbers alone; text and booleans among cells count for nothing. */
    static Object sum(List<@Nullable Object> values) {
        double sum = 0;
        for (Object value : values) {
            if (value instanceof CellError) {
                return value;
            }
            sum += value instanceof Double number ? number : 0;
        }
        return sum;
    }

    /** Numbers come before text, text before booleans; a blank is a zero or an empty text. */
    static int compare(@Nullable Object left, @Nullable Object right) {
        Object a = left == null ? blankLike(right) : left;
        Object b = right == null ? blankLike(left) : right;
        if (a instanceof Double one && b instanceof Double other) {
            return one.compareTo(other);
        }
        if (a instanceof String one && b instanceof String other) {
            return one.compareToIgnoreCase(other);
        }
        if (a instanceof Boolean one && b instanceof Boolean other) {
            return one.compareTo(other);
        }
        return Integer.compare(rank(a), rank(b));
    }

    private static Object blankLike(@Nullable Object other) {
        if (other instanceof String) {
            return "";
        }
        return other instanceof Boolean ? (Object) Boolean.FALSE : Double.valueOf(0);
    }

    static int rank(Object value) {
        if (value instanceof Double) {
            return 0;
        }
        return value instanceof String ? 1 : 2;
    }
}
