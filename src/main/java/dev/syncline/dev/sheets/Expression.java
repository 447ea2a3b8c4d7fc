package dev.syncline.dev.sheets;

import java.util.List;

/** What a formula is made of. */
sealed interface Expression {
    /** @param value a {@code Double}, {@code String}, {@code Boolean} or {@link CellError} */
    record Literal(Object value) implements Expression {}

    record Cells(Reference reference) implements Expression {}

    record Unary(String operator, Expression operand) implements Expression {}

    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** @param function in capitals */
    record Call(String function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
