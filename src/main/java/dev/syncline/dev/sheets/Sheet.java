package dev.syncline.dev.sheets;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A tab of a workbook. */
final class Sheet {
    private final int id;
    private final Grid grid;
    private String title;
    private int frozenRows;
    private boolean isProtected;
    private final Set<Area> protectedAreas = new HashSet<>();

    Sheet(int id, String title, Grid grid) {
        this.id = id;
        this.title = title;
        this.grid = grid;
    }

    Sheet copy() {
        Sheet copy = new Sheet(id, title, grid.copy());
        copy.frozenRows = frozenRows;
        copy.isProtected = isProtected;
        copy.protectedAreas.addAll(protectedAreas);
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

    /** It stays where it is when rows come and go. */
    void protect(Area area, boolean on) {
        if (on) {
            protectedAreas.add(area);
        } else {
            protectedAreas.remove(area);
        }
    }

    void checkEditable() {
        checkEditable(Optional.empty());
    }

    void checkEditable(Area area) {
        checkEditable(Optional.of(area));
    }

    private void checkEditable(Optional<Area> area) {
        boolean isTouched = area.filter(edited -> protectedAreas.stream().anyMatch(edited::touches))
                .isPresent();
        if (isProtected || isTouched) {
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
