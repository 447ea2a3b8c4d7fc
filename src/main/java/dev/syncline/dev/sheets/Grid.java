package dev.syncline.dev.sheets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Cells in rows and columns. Rows are kept as long as their last cell, so a large blank grid costs nothing. */
final class Grid {
    private int rows;
    private int columns;
    private final List<List<Cell>> cells;

    Grid(int rows, int columns) {
        this(rows, columns, new ArrayList<>());
    }

    private Grid(int rows, int columns, List<List<Cell>> cells) {
        this.rows = rows;
        this.columns = columns;
        this.cells = cells;
    }

    Grid copy() {
        List<List<Cell>> copies = new ArrayList<>(cells.size());
        cells.forEach(row -> copies.add(new ArrayList<>(row)));
        return new Grid(rows, columns, copies);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    long size() {
        return (long) rows * columns;
    }

    void resize(int newRows, int newColumns) {
        rows = newRows;
        columns = newColumns;
        if (cells.size() > rows) {
            cells.subList(rows, cells.size()).clear();
        }
        for (List<Cell> row : cells) {
            if (row.size() > columns) {
                row.subList(columns, row.size()).clear();
            }
        }
    }

    Cell get(int row, int column) {
        List<Cell> line = row(row);
        return column < line.size() ? line.get(column) : Cell.BLANK;
    }

    /** As far as its last cell. */
    List<Cell> row(int row) {
        return row < cells.size() ? Collections.unmodifiableList(cells.get(row)) : List.of();
    }

    /** How many rows have a cell at all. */
    int keptRows() {
        return cells.size();
    }

    void put(int row, int column, Cell cell) {
        rows = Math.max(rows, row + 1);
        columns = Math.max(columns, column + 1);
        if (cell.isBlank() && cell.format() == null) {
            forget(row, column);
            return;
        }
        while (cells.size() <= row) {
            cells.add(new ArrayList<>());
        }
        List<Cell> line = cells.get(row);
        while (line.size() <= column) {
            line.add(Cell.BLANK);
        }
        line.set(column, cell);
    }

    private void forget(int row, int column) {
        if (row >= cells.size() || column >= cells.get(row).size()) {
            return;
        }
        List<Cell> line = cells.get(row);
        line.set(column, Cell.BLANK);
        while (!line.isEmpty() && line.get(line.size() - 1).equals(Cell.BLANK)) {
            line.remove(line.size() - 1);
        }
        while (!cells.isEmpty() && cells.get(cells.size() - 1).isEmpty()) {
            cells.remove(cells.size() - 1);
        }
    }

    void insertRows(int at, int count) {
        for (int i = 0; i < count && at < cells.size(); i++) {
            cells.add(at, new ArrayList<>());
        }
        rows += count;
    }

    void deleteRows(int from, int to) {
        if (from < cells.size()) {
            cells.subList(from, Math.min(to, cells.size())).clear();
        }
        rows -= to - from;
    }

    void insertColumns(int at, int count) {
        for (List<Cell> row : cells) {
            if (at < row.size()) {
                row.addAll(at, Collections.nCopies(count, Cell.BLANK));
            }
        }
        columns += count;
    }

    void deleteColumns(int from, int to) {
        for (List<Cell> row : cells) {
            if (from < row.size()) {
                row.subList(from, Math.min(to, row.size())).clear();
            }
        }
        columns -= to - from;
    }

    /** Changes every formula. */
    void rewrite(UnaryOperator<Formula> change) {
        for (List<Cell> row : cells) {
            row.replaceAll(cell ->
                    cell.entered() instanceof Formula formula ? new Cell(change.apply(formula), cell.format()) : cell);
        }
    }
}
