package dev.syncline.dev;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SplittableRandom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A feed of invented permits in the form of the city's: its 32 columns, its spellings of dates and costs, its blanks, repeated
 * keys and broken records. The same values give the same bytes. Rows are made while they are written, so a feed may be of any
 * length.
 *
 * @param permits how many different ones the first edition holds
 * @param edition 1 for the first export; a later one holds what became of the same permits
 * @param changed share of them that differ from the first edition
 * @param gone share of them that are not there any more
 * @param added further ones, which the first edition does not hold
 */
public record SampleFeed(long seed, int permits, int edition, double changed, double gone, int added) {
    private static final int REPEATED_EVERY = 500;
    private static final int REVISED_EVERY = 7;
    private static final LocalDate FIRST_DAY = LocalDate.of(2001, 1, 2);
    private static final int DAYS = 9_000;

    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ofPattern("uuuu-MM-dd"),
            DateTimeFormatter.ofPattern("uuuuMMdd'000000'"),
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'00:00:00"),
            DateTimeFormatter.ofPattern("MM/dd/uuuu"));

    private static final List<String> TYPES = List.of(
            "Small Residential Projects",
            "Small Residential Projects",
            "Building Additions/Alterations",
            "New Houses",
            "Plumbing(PS)",
            "Mechanical(MS)",
            "Demolition Folder (DM)");
    private static final List<String> STRUCTURES = List.of(
            "SFD - Detached",
            "SFD - Semi-Detached",
            "SFD - Townhouse",
            "2 Unit - Detached",
            "Apartment Building",
            "Office",
            "Laneway / Rear Yard Suite");
    private static final List<String> WORKS = List.of(
            "Interior Alterations",
            "Addition(s)",
            "New Building",
            "Second Suite (New)",
            "Porch",
            "Deck",
            "Garage Repair/Reconstruction");
    /** In the order of a permit's life; some with the blank behind that the city writes. */
    private static final List<String> STATUSES = List.of(
            "Application Received",
            "Under Review ",
            "Examiner's Notice Sent",
            "Permit Issued",
            "Inspection",
            "Revision Issued",
            "Pending Cancellation",
            "Closed");

    private static final List<String> STREETS = List.of(
            "ALDERMERE",
            "BRACKENWOOD",
            "CINDER MILL",
            "DUNMORROW",
            "EASTHOLLOW",
            "FENNIMORE",
            "GREYLARK",
            "HARTSWELL",
            "IRONBRIDGE",
            "JUNIPER HILL",
            "KESTREL",
            "LARCHMOUNT",
            "MILLRACE",
            "NORTHFOLD");
    private static final List<String> STREET_TYPES = List.of("AVE", "ST", "RD", "CRES", "DR", "BLVD", "CRT");
    private static final List<String> BUILDERS = List.of(
            "LARKFIELD CONTRACTING LTD", "OAK & ELM CARPENTRY", "SIX POINTS RENOVATION INC", "R. HOLLOWAY (OWNER)");
    private static final List<String> USES =
            List.of("Sfd", "Sfd-Detached", "2 Unit Dwelling", "Office", "Retail", "Vacant");
    private static final List<String> SUBJECTS = List.of(
            "a two storey addition at the rear",
            "interior alterations on all floors",
            "a detached garage that opens to the lane",
            "an underpinned basement with a walkout",
            "a second suite in the basement",
            "a covered porch and a new front stair");
    private static final List<String> DETAILS = List.of(
            "Existing foundation to remain.",
            "Trees on the boundary to be protected during the work.",
            "Revised drawings: window sizes on the \"north\" side.",
            "Sewer and water connections renewed.",
            "See also the permit for plumbing \u2013 same address.");

    private static final List<String> AREAS = List.of(
            "ASSEMBLY",
            "INSTITUTIONAL",
            "RESIDENTIAL",
            "BUSINESS_AND_PERSONAL_SERVICES",
            "MERCANTILE",
            "INDUSTRIAL",
            "INTERIOR_ALTERATIONS",
            "DEMOLITION");

    /** The first export. */
    public static SampleFeed first(long seed, int permits) {
        return new SampleFeed(seed, permits, 1, 0, 0, 0);
    }

    /** An export of the same permits some time later. */
    public SampleFeed later(double changed, double gone, int added) {
        return new SampleFeed(seed, permits, edition + 1, changed, gone, added);
    }

    public void writeTo(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a bare array. The stream stays open. */
    public void writeTo(OutputStream out) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartArray();
            int row = 1;
            for (int permit = 0; permit < permits + added; permit++) {
                if (isGone(permit)) {
                    continue;
                }
                if (permit % REPEATED_EVERY == REPEATED_EVERY - 1) {
                    write(json, row++, permit, "Application Received");
                }
                write(json, row++, permit, null);
            }
            writeBroken(json, row);
            json.writeEndArray();
        }
    }

    private boolean isGone(int permit) {
        return edition > 1 && permit < permits && chance(permit, 1) < gone;
    }

    private boolean isChanged(int permit) {
        return edition > 1 && chance(permit, 2) < changed;
    }

    /** From 0 to 1; another one for each purpose, the same in each edition. */
    private double chance(int permit, int purpose) {
        return random(permit, purpose).nextDouble();
    }

    private SplittableRandom random(int permit, int purpose) {
        return new SplittableRandom(seed + 31L * permit + 1_000_000_007L * purpose);
    }

    /** @param olderStatus makes the row an outdated one, which a later row of the same key replaces */
    private void write(JsonGenerator json, int row, int permit, @Nullable String olderStatus) throws IOException {
        SplittableRandom random = random(permit, 0);
        boolean isRevision = permit % REVISED_EVERY == REVISED_EVERY - 1;
        LocalDate applied = FIRST_DAY.plusDays(random.nextInt(DAYS));
        int stage = Math.min(random.nextInt(STATUSES.size()) + (isChanged(permit) ? 1 : 0), STATUSES.size() - 1);
        json.writeStartObject();
        json.writeNumberField("_id", row);
        json.writeStringField("PERMIT_NUM", number(isRevision ? permit - 1 : permit));
        json.writeStringField("REVISION_NUM", isRevision ? "01" : "00");
        json.writeStringField("PERMIT_TYPE", oneOf(TYPES, random));
        json.writeStringField("STRUCTURE_TYPE", oneOf(STRUCTURES, random));
        json.writeStringField("WORK", oneOf(WORKS, random));
        json.writeStringField("STREET_NUM", String.valueOf(1 + random.nextInt(1_400)));
        json.writeStringField("STREET_NAME", oneOf(STREETS, random));
        json.writeStringField("STREET_TYPE", oneOf(STREET_TYPES, random));
        json.writeStringField("STREET_DIRECTION", random.nextInt(20) == 0 ? "W" : " ");
        json.writeStringField("POSTAL", random.nextInt(25) == 0 ? "   " : "M%dX".formatted(1 + random.nextInt(9)));
        json.writeStringField("GEO_ID", String.valueOf(100_000 + random.nextInt(9_000_000)));
        json.writeStringField(
                "WARD_GRID",
                "SNEW".charAt(random.nextInt(4))
                        + "%02d%02d".formatted(1 + random.nextInt(25), 10 + random.nextInt(30)));
        json.writeStringField("APPLICATION_DATE", date(applied, permit));
        writeText(json, "ISSUED_DATE", stage < 3 ? null : date(applied.plusDays(20 + random.nextInt(200)), permit));
        writeText(json, "COMPLETED_DATE", stage < 7 ? null : date(applied.plusDays(300 + random.nextInt(900)), permit));
        json.writeStringField("STATUS", olderStatus == null ? STATUSES.get(stage) : olderStatus);
        json.writeStringField("DESCRIPTION", "Proposal for " + oneOf(SUBJECTS, random) + ". " + oneOf(DETAILS, random));
        writeText(json, "CURRENT_USE", random.nextInt(20) == 0 ? null : oneOf(USES, random));
        writeText(json, "PROPOSED_USE", random.nextInt(20) == 0 ? null : oneOf(USES, random));
        json.writeStringField("DWELLING_UNITS_CREATED", String.valueOf(random.nextInt(3)));
        json.writeStringField("DWELLING_UNITS_LOST", "0");
        writeText(json, "EST_CONST_COST", cost(random, isChanged(permit)));
        for (String area : AREAS) {
            writeArea(json, area, random);
        }
        writeText(json, "BUILDER_NAME", random.nextInt(4) == 0 ? oneOf(BUILDERS, random) : null);
        json.writeEndObject();
    }

    private static String number(int permit) {
        return "%02d %06d BLD".formatted(1 + permit % 25, 100_000 + permit);
    }

    /** Each edition spells the same day in another way, which is no change. */
    private String date(LocalDate day, int permit) {
        return DATES.get((permit + edition) % DATES.size()).format(day);
    }

    private static @Nullable String cost(SplittableRandom random, boolean raised) {
        int thousands = 1 + random.nextInt(900) + (raised ? 1 : 0);
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> "0";
            case 2 -> "DO NOT UPDATE OR DELETE THIS INFO FIELD";
            case 3, 4, 5 -> "%d,000".formatted(thousands);
            case 6 -> "$%d,000.00".formatted(thousands);
            default -> thousands + "000";
        };
    }

    private static void writeArea(JsonGenerator json, String column, SplittableRandom random) throws IOException {
        if (random.nextInt(8) == 0) {
            json.writeNumberField(column, random.nextInt(100_000) / 100.0);
        } else {
            json.writeNumberField(column, 0);
        }
    }

    private static void writeText(JsonGenerator json, String column, @Nullable String text) throws IOException {
        if (text == null) {
            json.writeNullField(column);
        } else {
            json.writeStringField(column, text);
        }
    }

    private static String oneOf(List<String> texts, SplittableRandom random) {
        return texts.get(random.nextInt(texts.size()));
    }

    /**
     * Records that cannot be taken. Those without a readable key are corrected by the second edition: as long as there is one,
     * no absence is sure, and a run holds its sweep.
     */
    private void writeBroken(JsonGenerator json, int row) throws IOException {
        json.writeStartObject();
        json.writeNumberField("_id", row);
        json.writeStringField("PERMIT_NUM", "25 999001 BLD");
        json.writeStringField("REVISION_NUM", "00");
        json.writeStringField("STATUS", "Inspection");
        json.writeArrayFieldStart("DESCRIPTION");
        json.writeString("a list where text is due");
        json.writeEndArray();
        json.writeEndObject();
        if (edition > 1) {
            return;
        }
        json.writeStartObject();
        json.writeNumberField("_id", row + 1);
        json.writeStringField("PERMIT_NUM", "   ");
        json.writeStringField("REVISION_NUM", "00");
        json.writeStringField("STATUS", "Inspection");
        json.writeEndObject();
        json.writeString("a text where a record is due");
    }
}
