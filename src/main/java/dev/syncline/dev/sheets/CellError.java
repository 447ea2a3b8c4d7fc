package dev.syncline.dev.sheets;

import java.util.Optional;
import java.util.stream.Stream;

/** What a formula comes to that comes to nothing. The names are those of the API. */
enum CellError {
    ERROR("#ERROR!", "Formula parse error."),
    DIVIDE_BY_ZERO("#DIV/0!", "Function DIVIDE parameter 2 cannot be zero."),
    VALUE("#VALUE!", "A parameter expects number values, but a text was found and cannot be coerced to a number."),
    REF("#REF!", "Reference does not exist"),
    NAME("#NAME?", "Unknown function or range name."),
    N_A("#N/A", "");

    private final String text;
    private final String message;

    CellError(String text, String message) {
        this.text = text;
        this.message = message;
    }

    static Optional<CellError> of(String text) {
        return Stream.of(values()).filter(error -> error.text.equals(text)).findFirst();
    }

    String text() {
        return text;
    }

    String message() {
        return message;
    }
}
