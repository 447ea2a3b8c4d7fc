package dev.syncline.dev.sheets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.syncline.dev.sheets.Expression.Binary;
import dev.syncline.dev.sheets.Expression.Call;
import dev.syncline.dev.sheets.Expression.Cells;
import dev.syncline.dev.sheets.Expression.Literal;
import dev.syncline.dev.sheets.Expression.Unary;

/**
 * What the formulas of one workbook come to at one moment: a {@code Double}, {@code String}, {@code Boolean}, {@link CellError}
 * or null. The operators, and {@code SUM}, {@code COUNTA}, {@code CONCATENATE}, {@code IF}, {@code NA}; other functions are
 * {@code #NAME?}. References to each other in a circle are {@code #REF!}.
 */
final class Calculation {
    private final Workbook workbook;
    private final Map<Key, Optional<Object>> results = new HashMap<>();

    private record Key(int sheet, int row, int column) {}

    Calculation(Workbook workbook) {
        this.workbook = workbook;
    }

    @Nullable
    Object value(Sheet sheet, int row, int column) {
        return value(sheet, row, column, sheet.grid().get(row, column));
    }

    @Nullable
    Object value(Sheet sheet, int row, int column, Cell cell) {
        if (!(cell.entered() instanceof Formula formula)) {
            return cell.entered();
        }
        Key place = new Key(sheet.id(), row, column);
        Optional<Object> known = results.get(place);
        if (known != null) {
            return known.orElse(null);
        }
        // Whoever comes back here while it is worked out has found a circle.
        results.put(place, Optional.of(CellError.REF));
        Object result = evaluate(formula.meaning(), sheet);
        // A formula that shows a blank cell shows zero.
        Object shown = result == null ? Double.valueOf(0) : result;
        results.put(place, Optional.of(shown));
        return shown;
    }

    private @Nullable Object evaluate(Expression expression, Sheet sheet) {
        if (expression instanceof Literal literal) {
            return literal.value();
        }
        if (expression instanceof Cells cells) {
            List<@Nullable Object> values = values(cells.reference(), sheet);
            return values.size() == 1 ? values.get(0) : CellError.VALUE;
        }
        if (expression instanceof Unary unary) {
            return signed(unary.operator(), evaluate(unary.operand(), sheet));
        }
        if (expression instanceof Binary binary) {
            Object left = evaluate(binary.left(), sheet);
            Object right = evaluate(binary.right(), sheet);
            return Arithmetic.apply(binary.operator(), left, right);
        }
        return call((Call) expression, sheet);
    }

    private static Object signed(String operator, @Nullable Object operand) {
        Object number = Arithmetic.number(operand);
        if (!(number instanceof Double value)) {
            return number;
        }
        return switch (operator) {
            case "-" -> -value;
            case "%" -> value / 100;
            default -> value;
        };
    }

    private List<@Nullable Object> values(Reference reference, Sheet own) {
        Optional<Sheet> sheet = reference.tab() == null ? Optional.of(own) : workbook.find(reference.tab());
        Optional<Area> area = sheet.map(found -> reference.in(found.grid()))
                .filter(found -> found.bottom() <= sheet.get().grid().rows()
                        && found.right() <= sheet.get().grid().columns());
        List<@Nullable Object> values = new ArrayList<>();
        if (area.isEmpty()) {
            values.add(CellError.REF);
            return values;
        }
        for (int row = area.get().top(); row < area.get().bottom(); row++) {
            for (int column = area.get().left(); column < area.get().right(); column++) {
                values.add(value(sheet.get(), row, column));
            }
        }
        return values;
    }

    private @Nullable Object call(Call call, Sheet sheet) {
        return switch (call.function()) {
            case "NA" -> CellError.N_A;
            case "IF" -> choice(call.arguments(), sheet);
            case "SUM" -> Arithmetic.sum(all(call.arguments(), sheet));
            case "COUNTA" ->
                (double) all(call.arguments(), sheet).stream()
                        .filter(value -> value != null)
                        .count();
            case "CONCATENATE" -> {
                Object text = "";
                for (Object value : all(call.arguments(), sheet)) {
                    text = Arithmetic.apply("&", text, value);
                }
                yield text;
            }
            default -> CellError.NAME;
        };
    }

    private @Nullable Object choice(List<Expression> arguments, Sheet sheet) {
        if (arguments.size() < 2 || arguments.size() > 3) {
            return CellError.N_A;
        }
        Object condition = evaluate(arguments.get(0), sheet);
        Object holds = condition instanceof String ? CellError.VALUE : Arithmetic.number(condition);
        if (!(holds instanceof Double number)) {
            return holds;
        }
        if (number != 0) {
            return evaluate(arguments.get(1), sheet);
        }
        return arguments.size() == 3 ? evaluate(arguments.get(2), sheet) : Boolean.FALSE;
    }

    private List<@Nullable Object> all(List<Expression> arguments, Sheet sheet) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Expression argument : arguments) {
            if (argument instanceof Cells cells) {
                values.addAll(values(cells.reference(), sheet));
            } else {
                values.add(evaluate(argument, sheet));
            }
        }
        return values;
    }
}
