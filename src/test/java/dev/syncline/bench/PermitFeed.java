package dev.syncline.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Feeds of any size with the columns, types and lengths of the real one: the rows of an export, or invented ones where no
 * export is at hand, varied. The same size gives the same bytes everywhere; a row does not depend on the ones before it.
 */
final class PermitFeed {
    private static final Path EXPORT = Path.of("../shared/data/permits/2023-07.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 237_000;
    private static final int ONE_IN = 100;
    private static final int YEARS = 24;
    private static final int NUMBERS = 900_000;
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 3);
    private static final List<String> STATUSES = List.of(
            "Inspection", "Permit Issued", "Revision Issued", "Under Review ", "Refusal Notice", "Work Not Started");
    private static final List<String> REMARKS = List.of(
            "",
            " See also the deficiency notice on file.",
            " Party wall agreement on file; all openings in the exposed wall to be protected.",
            " Includes underpinning of the rear half of the basement, a new side entrance and a walk-out stair.",
            " Owner to provide engineered drawings of the roof trusses before framing inspection is called for.");

    private final List<Map<String, Object>> templates;
    private final String origin;

    private PermitFeed(List<Map<String, Object>> templates, String origin) {
        this.templates = templates;
        this.origin = origin;
    }

    static PermitFeed create() throws IOException {
        if (Files.exists(EXPORT)) {
            return new PermitFeed(read(Files.newInputStream(EXPORT)), "rows of a real export, varied");
        }
        InputStream invented = PermitFeed.class.getResourceAsStream("permits.json");
        return new PermitFeed(read(invented), "invented rows, varied");
    }

    /** Where the rows come from, for the report. */
    String origin() {
        return origin;
    }

    /** Writes so many rows, unless the file is there already. */
    Path write(Path folder, int rows) throws IOException {
        return write(folder.resolve("permits-" + rows + ".json"), rows, false);
    }

    /** The same rows, of which one in a hundred has another status and another cost. */
    Path writeChanged(Path folder, int rows) throws IOException {
        return write(folder.resolve("permits-" + rows + "-changed.json"), rows, true);
    }

    /** How many rows differ between the two files. */
    static long changedRows(int rows) {
        return (rows + ONE_IN - 1L) / ONE_IN;
    }

    private Path write(Path file, int rows, boolean changed) throws IOException {
        if (Files.exists(file)) {
            return file;
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (JsonGenerator json =
                JSON.createGenerator(new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20))) {
            json.writeStartArray();
            for (int row = 0; row < rows; row++) {
                writeRow(json, row, changed && row % ONE_IN == 0);
            }
            json.writeEndArray();
        }
        return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void writeRow(JsonGenerator json, int row, boolean changed) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED * 31 + row);
        Map<String, Object> template = templates.get(random.nextInt(templates.size()));
        LocalDate applied = FIRST_DAY.plusDays(random.nextInt(YEARS * 365));
        json.writeStartObject();
        for (Map.Entry<String, Object> cell : template.entrySet()) {
            Object value = vary(cell.getKey(), cell.getValue(), row, applied, random);
            json.writeObjectField(cell.getKey(), changed ? change(cell.getKey(), value) : value);
        }
        json.writeEndObject();
    }

    private Object vary(String column, Object value, int row, LocalDate applied, SplittableRandom random) {
        return switch (column) {
            case "_id" -> row + 1;
            case "PERMIT_NUM" -> permitNum(row, (String) value);
            case "STREET_NUM" -> String.valueOf(1 + random.nextInt(3_000));
            case "STREET_NAME", "WARD_GRID", "POSTAL" -> another(column, random);
            case "GEO_ID" -> String.valueOf(100_000 + random.nextInt(8_000_000));
            case "APPLICATION_DATE" -> applied.toString();
            case "ISSUED_DATE", "COMPLETED_DATE" -> value == null ? null : dayAfter(applied, random);
            case "STATUS" -> STATUSES.get(random.nextInt(STATUSES.size()));
            case "DESCRIPTION" -> value == null ? null : value + REMARKS.get(random.nextInt(REMARKS.size()));
            case "EST_CONST_COST" -> "%,d".formatted(1_000L * (1 + random.nextInt(900)));
            case "RESIDENTIAL" -> random.nextInt(4) == 0 ? 0 : random.nextInt(40_000) / 100.0;
            case "BUILDER_NAME" -> random.nextInt(20) == 0 ? null : "BUILDER " + random.nextInt(20_000) + " LTD.";
            default -> value;
        };
    }

    private static Object change(String column, Object value) {
        return switch (column) {
            case "STATUS" -> "Response Received";
            case "EST_CONST_COST" -> value + ".50";
            default -> value;
        };
    }

    /** Unique, in no order, and in the form {@code 21 178362 BLD}. */
    private static String permitNum(int row, String template) {
        long number = 100_000 + row / YEARS * 7_919L % NUMBERS;
        String kind = template.substring(template.lastIndexOf(' ') + 1);
        return "%02d %06d %s".formatted(row % YEARS, number, kind);
    }

    private static String dayAfter(LocalDate applied, SplittableRandom random) {
        return applied.plusDays(random.nextInt(700)).toString();
    }

    private Object another(String column, SplittableRandom random) {
        return templates.get(random.nextInt(templates.size())).get(column);
    }

    private static List<Map<String, Object>> read(InputStream in) throws IOException {
        try (in) {
            return new ArrayList<>(JSON.readValue(in, new TypeReference<List<Map<String, Object>>>() {}));
        }
    }
}
