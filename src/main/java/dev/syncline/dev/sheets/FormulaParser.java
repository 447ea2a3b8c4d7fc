package dev.syncline.dev.sheets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.syncline.dev.sheets.Expression.Binary;
import dev.syncline.dev.sheets.Expression.Call;
import dev.syncline.dev.sheets.Expression.Cells;
import dev.syncline.dev.sheets.Expression.Literal;
import dev.syncline.dev.sheets.Expression.Unary;

/** Reads a formula by the precedence of its operators. What it cannot read means {@code #ERROR!}. */
final class FormulaParser {
    private static final Pattern TOKENS = Pattern.compile("\\s*(?:(?<string>\"(?:[^\"]|\"\")*\")"
            + "|(?<error>#(?:REF!|N/A|DIV/0!|NAME\\?|VALUE!|ERROR!))"
            + "|(?<reference>(?:" + Reference.TAB + ")?" + Reference.CELLS + "(?![\\p{L}\\p{N}_(]))"
            + "|(?<number>\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|\\.\\d+)"
            + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_.]*)"
            + "|(?<operator><>|<=|>=|[-+*/^&=<>(),%]))\\s*");
    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("=", 1),
            Map.entry("<>", 1),
            Map.entry("<", 1),
            Map.entry("<=", 1),
            Map.entry(">", 1),
            Map.entry(">=", 1),
            Map.entry("&", 2),
            Map.entry("+", 3),
            Map.entry("-", 3),
            Map.entry("*", 4),
            Map.entry("/", 4),
            Map.entry("^", 5));
    private static final int OF_A_SIGN = 5;

    private final String text;
    private final Matcher tokens;
    private boolean hasToken;

    private static final class Unreadable extends RuntimeException {
        Unreadable() {
            super(null, null, false, false);
        }
    }

    FormulaParser(String text) {
        this.text = text;
        this.tokens = TOKENS.matcher(text);
    }

    Expression parse() {
        try {
            advance();
            Expression whole = operation(0);
            return hasToken ? new Literal(CellError.ERROR) : whole;
        } catch (Unreadable e) {
            return new Literal(CellError.ERROR);
        }
    }

    private void advance() {
        int end = hasToken ? tokens.end() : 0;
        hasToken = tokens.region(end, text.length()).lookingAt();
        if (!hasToken && end < text.length()) {
            throw new Unreadable();
        }
    }

    private boolean isAt(String operator) {
        return hasToken && operator.equals(tokens.group("operator"));
    }

    private void take(String operator) {
        if (!isAt(operator)) {
            throw new Unreadable();
        }
        advance();
    }

    private Expression operation(int weakest) {
        Expression left = operand();
        while (hasToken && tokens.group("operator") != null) {
            String operator = tokens.group("operator");
            int precedence = PRECEDENCE.getOrDefault(operator, 0);
            if (precedence <= weakest) {
                break;
            }
            advance();
            left = new Binary(operator, left, operation(precedence));
        }
        return left;
    }

    private Expression operand() {
        Expression operand = bare();
        while (isAt("%")) {
            advance();
            operand = new Unary("%", operand);
        }
        return operand;
    }

    private Expression bare() {
        if (!hasToken) {
            throw new Unreadable();
        }
        if (isAt("-") || isAt("+")) {
            String sign = tokens.group("operator");
            advance();
            return new Unary(sign, operation(OF_A_SIGN));
        }
        if (isAt("(")) {
            advance();
            Expression inner = operation(0);
            take(")");
            return inner;
        }
        return value();
    }

    private Expression value() {
        String string = tokens.group("string");
        String error = tokens.group("error");
        String reference = tokens.group("reference");
        String number = tokens.group("number");
        String name = tokens.group("name");
        advance();
        if (string != null) {
            return new Literal(string.substring(1, string.length() - 1).replace("\"\"", "\""));
        }
        if (error != null) {
            return new Literal(CellError.of(error).orElse(CellError.ERROR));
        }
        if (reference != null) {
            return new Cells(Reference.parse(reference));
        }
        if (number != null) {
            return new Literal(Double.valueOf(number));
        }
        if (name == null) {
            throw new Unreadable();
        }
        return named(name.toUpperCase(Locale.ROOT));
    }

    private Expression named(String name) {
        if (isAt("(")) {
            return new Call(name, arguments());
        }
        return switch (name) {
            case "TRUE" -> new Literal(true);
            case "FALSE" -> new Literal(false);
            default -> new Literal(CellError.NAME);
        };
    }

    private List<Expression> arguments() {
        take("(");
        List<Expression> arguments = new ArrayList<>();
        while (!isAt(")")) {
            if (!arguments.isEmpty()) {
                take(",");
            }
            arguments.add(operation(0));
        }
        take(")");
        return arguments;
    }
}
