package dev.syncline.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/**
 * A feed in the shape of the real one, the same on every machine, with what makes counting hard: every 500th permit stands
 * twice and every 1,000th record has no key. Its second edition has another status and cost for every 10th permit, has lost
 * the last 1 % of the first and gained as many.
 *
 * @param permits how many permits it holds
 */
record GeneratedFeed(int permits, int edition) {
    private static final String[] STREETS = {"GRANDVIEW", "CASTLE FRANK", "JARWICK", "DANFORTH", "O'CONNOR", "ST CLAIR"
    };
    private static final String[] WORKS = {"Second Suite (New)", "New Laneway / Rear Yard Suite", "Interior Alterations"
    };
    private static final String[] BEFORE = {"Inspection", "Permit Issued", "Under Review ", "Examiner's Notice Sent"};
    private static final int DUPLICATE_EACH = 500;
    private static final int KEYLESS_EACH = 1_000;
    private static final int CHANGED_EACH = 10;
    private static final int MOVED_SHARE = 100;

    static GeneratedFeed of(int permits) {
        return new GeneratedFeed(permits, 1);
    }

    GeneratedFeed nextEdition() {
        return new GeneratedFeed(permits, edition + 1);
    }

    /** The file's name, which is different for each content. */
    String name() {
        return "permits-%d-%d.json".formatted(permits, edition);
    }

    int duplicates() {
        return permits / DUPLICATE_EACH;
    }

    int keyless() {
        return permits / KEYLESS_EACH;
    }

    /** All records, good or not. */
    int records() {
        return permits + duplicates() + keyless();
    }

    void writeTo(Path directory) {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(directory.resolve(name()).toFile(), JsonEncoding.UTF8)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(JsonGenerator json) throws IOException {
        int gone = (edition - 1) * permits / MOVED_SHARE;
        json.writeStartArray();
        for (int i = 1; i <= permits; i++) {
            int permit = i + gone;
            write(json, permit, permitNum(permit), 2 * i);
            if (i % DUPLICATE_EACH == 0) {
                write(json, permit, permitNum(permit), 2 * i - 1);
            }
            if (i % KEYLESS_EACH == 0) {
                write(json, permit, " ", 2 * i + 1);
            }
        }
        json.writeEndArray();
    }

    private static String permitNum(int permit) {
        return "%02d %06d BLD".formatted(permit / 100_000 + 10, permit % 1_000_000);
    }

    private void write(JsonGenerator json, int permit, String permitNum, int row) throws IOException {
        boolean changed = edition > 1 && permit % CHANGED_EACH == 0;
        json.writeStartObject();
        json.writeNumberField("_id", row);
        json.writeStringField("PERMIT_NUM", permitNum);
        json.writeStringField("REVISION_NUM", permit % 9 == 0 ? "01" : "00");
        json.writeStringField("PERMIT_TYPE", "Small Residential Projects");
        json.writeStringField("STRUCTURE_TYPE", "SFD - Detached");
        json.writeStringField("WORK", WORKS[permit % WORKS.length]);
        json.writeStringField("STREET_NUM", Integer.toString(permit % 997));
        json.writeStringField("STREET_NAME", STREETS[permit % STREETS.length]);
        json.writeStringField("STREET_TYPE", "AVE");
        json.writeStringField("STREET_DIRECTION", permit % 7 == 0 ? "E" : " ");
        json.writeStringField("POSTAL", "M4K");
        json.writeStringField("GEO_ID", Integer.toString(300_000 + permit));
        json.writeStringField("WARD_GRID", "S14" + (10 + permit % 80));
        json.writeStringField("APPLICATION_DATE", "2018-10-%02d".formatted(1 + permit % 28));
        json.writeStringField("ISSUED_DATE", "20191223000000");
        json.writeNullField("COMPLETED_DATE");
        json.writeStringField("STATUS", changed ? "Revision Issued" : BEFORE[permit % BEFORE.length]);
        json.writeStringField(
                "DESCRIPTION", "Proposal %d: interior alterations to the basement for a second unit".formatted(permit));
        json.writeStringField("CURRENT_USE", "Sfd");
        json.writeNullField("PROPOSED_USE");
        json.writeStringField("DWELLING_UNITS_CREATED", Integer.toString(permit % 3));
        json.writeStringField("DWELLING_UNITS_LOST", "0");
        json.writeStringField("EST_CONST_COST", changed ? "1%d,000.00".formatted(permit % 90) : "6,000");
        json.writeNumberField("ASSEMBLY", 0);
        json.writeNumberField("INSTITUTIONAL", 0);
        json.writeNumberField("RESIDENTIAL", permit % 200 + 0.5);
        json.writeNumberField("BUSINESS_AND_PERSONAL_SERVICES", 0);
        json.writeNumberField("MERCANTILE", 0);
        json.writeNumberField("INDUSTRIAL", 0);
        json.writeNumberField("INTERIOR_ALTERATIONS", 75);
        json.writeNumberField("DEMOLITION", 0);
        json.writeStringField("BUILDER_NAME", "BUILDER " + permit % 400);
        json.writeEndObject();
    }
}
