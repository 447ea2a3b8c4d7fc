package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.syncline.source.SafeText;
import dev.syncline.source.SheetRange;

/**
 * A tab's row of labels against those that its model expects (S2-46). Columns are found by their labels, never by position; case,
 * the blanks around them and the way in which accents are encoded count as little as for people.
 *
 * @param labels in their order, as they stand there; of merged cells the first has the text, and the others are blank
 */
record Header(List<String> labels) {
    private static final int MAX_TOLD = 40;

    Header {
        labels = List.copyOf(labels);
    }

    static Header of(List<Object> cells) {
        return new Header(cells.stream().map(Header::text).toList());
    }

    /** As labels are compared. */
    static String normal(Object label) {
        return LabelText.folded(text(label));
    }

    private static String text(Object cell) {
        CellValue value = SheetCell.read(cell);
        return value.kind() == CellValue.Kind.FORMULA ? String.valueOf(value.text()) : Keys.text(value);
    }

    /** Where each owned column is, from 0; only of a header without {@link #problems}. */
    Map<Column, Integer> places(Model model) {
        Map<String, List<Integer>> found = found();
        Map<Column, Integer> places = new HashMap<>();
        for (Column column : model.columns()) {
            places.put(column, found.get(normal(column.label())).get(0));
        }
        return places;
    }

    /**
     * What is wrong, for a person; empty when each label that is expected stands there once. What else stands there is told only
     * of a row that is a header by most of what it says: where the header is gone, a customer's row may be in its place.
     */
    String problems(Model model) {
        Map<String, List<Integer>> found = found();
        List<String> problems = new ArrayList<>();
        List<String> missing = expected(model)
                .filter(label -> !found.containsKey(normal(label)))
                .toList();
        if (!missing.isEmpty()) {
            problems.add("missing: " + told(missing));
        }
        expected(model)
                .filter(label -> found.getOrDefault(normal(label), List.of()).size() > 1)
                .map(label ->
                        "more than once: " + told(List.of(label)) + " in columns " + letters(found.get(normal(label))))
                .forEach(problems::add);
        List<String> strangers = strangers(model);
        if (!missing.isEmpty() && !strangers.isEmpty()) {
            boolean isHeader = 2L * missing.size() <= expected(model).count();
            problems.add(isHeader ? "not expected, but there: " + told(strangers) : "the row may be no header at all");
        }
        return String.join("; ", problems);
    }

    private Map<String, List<Integer>> found() {
        return IntStream.range(0, labels.size())
                .boxed()
                .filter(at -> !labels.get(at).isBlank())
                .collect(Collectors.groupingBy(at -> normal(labels.get(at))));
    }

    private List<String> strangers(Model model) {
        List<String> expected = expected(model).map(Header::normal).toList();
        return labels.stream()
                .filter(label -> !label.isBlank() && !expected.contains(normal(label)))
                .toList();
    }

    private static Stream<String> expected(Model model) {
        return Stream.concat(model.columns().stream().map(Column::label), model.formulas().stream())
                .distinct();
    }

    private static String told(List<String> labels) {
        return labels.stream()
                .limit(MAX_TOLD)
                .map(label -> "'" + SafeText.of(label, MAX_TOLD) + "'")
                .collect(Collectors.joining(", "));
    }

    private static String letters(List<Integer> columns) {
        return columns.stream().map(SheetRange::letters).collect(Collectors.joining(", "));
    }
}
