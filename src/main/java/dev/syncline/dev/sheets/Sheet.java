package dev.syncline.dev.sheets;

import java.util.Optional;

/** A tab of a workbook. */
final class Sheet {
    private final int id;
    private final Grid grid;
    private String title;
    private int frozenRows;
    private boolean isProtected;

    Sheet(int id, String title, Grid grid) {
        this.id = id;
        this.title = title;
        this.grid = grid;
    }

    Sheet copy() {
        Sheet copy = new Sheet(id, title, grid.copy());
        copy.frozenRows = frozenRows;
        copy.isProtected = isProtected;
        return copy;
    }

    int id() {
        return id;
    }

    String title() {
        return title;
    }

    Grid grid() {
        return grid;
    }

    int frozenRows() {
        return frozenRows;
    }

    void rename(String newTitle) {
        title = newTitle;
    }

    void freeze(int rows) {
        frozenRows = rows;
    }

    void protect(boolean on) {
        isProtected = on;
    }

    void checkEditable() {
        if (isProtected) {
            throw ApiException.invalid(
                    "You are trying to edit a protected cell or object. Please contact the spreadsheet"
                            + " owner to remove protection if you need to edit.");
        }
    }

    /** How a formula of the tab {@code own} sees rows or columns of this one come or go. */
    Formula shifted(Formula formula, Sheet own, Shift shift) {
        return formula.referring(
                reference -> isMeant(reference, own) ? reference.after(shift) : Optional.of(reference));
    }

    private boolean isMeant(Reference reference, Sheet own) {
        return reference.tab() == null ? own == this : title.equalsIgnoreCase(reference.tab());
    }
}
