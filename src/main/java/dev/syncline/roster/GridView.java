package dev.syncline.roster;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.syncline.roster.GridAddress.Link;

/**
 * The table of the page.
 *
 * @param configured whether there is a sheet to sync from
 */
record GridView(DeviceGrid grid, List<GridColumn> columns, GridAddress address, boolean configured) {
    /**
     * A column's head.
     *
     * @param order as {@code aria-sort} has it
     */
    public record Head(GridColumn column, String order, Link link) {}

    static GridView of(DeviceGrid grid, Veil veil, boolean configured) {
        return new GridView(grid, GridColumn.of(grid.columns(), veil), new GridAddress(grid.query()), configured);
    }

    public Head serial() {
        return head(GridColumn.serial(grid.columns()));
    }

    public List<Head> heads() {
        return columns.stream().map(this::head).toList();
    }

    private Head head(GridColumn column) {
        DeviceSort sort = grid.query().sort();
        String order = sort.descending() ? "descending" : "ascending";
        return new Head(column, sort.field().equals(column.key()) ? order : "none", address.sortedBy(column.key()));
    }

    public List<DeviceLine> lines() {
        return grid.devices().stream()
                .map(device -> DeviceLine.of(device, columns, address))
                .toList();
    }

    public long total() {
        return grid.total();
    }

    public long first() {
        return grid.query().offset() + 1L;
    }

    public long last() {
        return grid.query().offset() + (long) grid.devices().size();
    }

    public @Nullable Link previous() {
        return grid.query().page() > 1 ? address.page(grid.query().page() - 1) : null;
    }

    public @Nullable Link next() {
        return grid.query().page() < grid.totalPages()
                ? address.page(grid.query().page() + 1)
                : null;
    }

    public String place() {
        return "Page " + grid.query().page() + " of " + grid.totalPages();
    }

    public boolean narrowed() {
        return grid.query().narrows();
    }

    /** As it stands in the address; empty for the usual order. */
    public String sort() {
        return address.here().href().contains("sort=") ? grid.query().sort().field() : "";
    }

    public String direction() {
        return sort().isEmpty() ? "" : grid.query().sort().direction();
    }

    public String assignedTo() {
        return grid.query().assignedTo() == null ? "" : grid.query().assignedTo();
    }

    public String csv() {
        return address.export(ExportFormat.csv);
    }

    public String json() {
        return address.export(ExportFormat.json);
    }

    public Link here() {
        return address.here();
    }
}
