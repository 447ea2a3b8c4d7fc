package dev.syncline.permits;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import dev.syncline.ingest.ContentHash;
import dev.syncline.ingest.MappedRow;
import dev.syncline.ingest.RowRejected;
import dev.syncline.source.CellText;
import dev.syncline.source.SourceRow;

import static dev.syncline.permits.PermitRows.aFullRow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class PermitHashPropertyTest {
    private static final List<String> BLANKS = List.of("", " ", "  ", "\t", "\n", "\u00A0", "\u3000");
    private static final List<DateTimeFormatter> SPELLINGS = List.of(
            DateTimeFormatter.ISO_LOCAL_DATE,
            DateTimeFormatter.BASIC_ISO_DATE,
            DateTimeFormatter.ofPattern("yyyyMMdd'000000'"),
            DateTimeFormatter.ofPattern("yyyy/MM/dd"),
            DateTimeFormatter.ofPattern("MM/dd/yyyy"),
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T00:00:00.000'"));
    private static final Set<String> TEXTS = Set.of(
            "PERMIT_TYPE",
            "STRUCTURE_TYPE",
            "WORK",
            "STREET_NUM",
            "STREET_NAME",
            "STREET_TYPE",
            "STREET_DIRECTION",
            "POSTAL",
            "GEO_ID",
            "STATUS",
            "DESCRIPTION",
            "CURRENT_USE",
            "PROPOSED_USE",
            "BUILDER_NAME");

    private final PermitMapper mapper = new PermitMapper();

    @Property
    @Label("S1-25: key order, _id, rank, date spelling and outer blanks do not alter the hash")
    void spellingLeavesNoTrace(@ForAll Random random) {
        // Given
        String hash = hashOf(aFullRow().cells());
        Map<String, Object> respelt = aFullRow().cells();
        respelt.put("_id", random.nextLong());
        respelt.put("rank", random.nextDouble());
        respelt.put("APPLICATION_DATE", spelling(LocalDate.of(2018, 10, 3), random));
        respelt.put("ISSUED_DATE", spelling(LocalDate.of(2019, 12, 23), random));
        respelt.put("COMPLETED_DATE", spelling(LocalDate.of(2021, 2, 28), random));
        respelt.replaceAll((column, cell) ->
                cell instanceof String text ? oneOf(BLANKS, random) + text + oneOf(BLANKS, random) : cell);

        // When
        Map<String, Object> shuffled = shuffled(respelt, random);

        // Then
        assertThat(hashOf(shuffled)).isEqualTo(hash);
    }

    @Property
    @Label("S1-25: any change of a text alters the hash")
    void aChangedTextIsSeen(@ForAll("texts") String column, @ForAll @Size(max = 40) String value) {
        Map<String, Object> changed = aFullRow().cells();
        Object before = CellText.of(changed.get(column));
        changed.put(column, value);

        boolean same = before.equals(CellText.of(value));
        assertThat(hashOf(changed).equals(hashOf(aFullRow().cells()))).isEqualTo(same);
    }

    @Example
    @Label("S1-25: a change of any column alters the hash")
    void aChangeOfAnyColumnIsSeen() {
        String hash = hashOf(aFullRow().cells());
        Map<String, Object> others = Map.of(
                "APPLICATION_DATE", "2018-10-04",
                "ISSUED_DATE", "2019-12-24",
                "COMPLETED_DATE", "2021-03-01",
                "WARD_GRID", "S1429",
                "DWELLING_UNITS_CREATED", "2",
                "DWELLING_UNITS_LOST", "1",
                "EST_CONST_COST", "90,000.01");
        for (String column : aFullRow().cells().keySet()) {
            if (!column.equals("_id")) {
                Object fallback = TEXTS.contains(column) ? "another" : 99L;
                Map<String, Object> changed = aFullRow().cells();
                changed.put(column, others.getOrDefault(column, fallback));
                assertThat(hashOf(changed)).as(column).isNotEqualTo(hash);
            }
        }
    }

    @Property
    @Label(
            "S1-25: a hash is 64 lower-case hex digits; no cell makes the mapper fail in any way but by rejecting the row")
    void anyRowIsMappedOrRejected(@ForAll("cells") Map<String, Object> cells) {
        Map<String, Object> merged = aFullRow().cells();
        merged.putAll(cells);
        try {
            MappedRow permit = mapper.map(PermitRows.rowOf(merged));
            assertThat(permit.hash()).matches("[0-9a-f]{64}").isEqualTo(ContentHash.of(permit.fields()));
            assertThat(mapper.fields()).containsAll(permit.fields().keySet());
        } catch (RowRejected rejected) {
            assertThat(merged).containsKey(rejected.column());
        }
        assertThatNoException().isThrownBy(() -> mapper.rank(PermitRows.rowOf(merged)));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(TEXTS);
    }

    @Provide
    Arbitrary<Map<String, Object>> cells() {
        List<String> columns = new ArrayList<>(aFullRow().cells().keySet());
        columns.addAll(List.of("WARD", "CITY", "HOUSING_UNITS", "rank", "UNKNOWN"));
        return Arbitraries.maps(Arbitraries.of(columns), cell()).ofMaxSize(8);
    }

    private static Arbitrary<Object> cell() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40).map(text -> text),
                Arbitraries.strings()
                        .withChars("0123456789-/T:. ,$")
                        .ofMaxLength(20)
                        .map(text -> text),
                Arbitraries.longs().map(number -> number),
                Arbitraries.bigIntegers().map(number -> number),
                Arbitraries.bigDecimals().map(number -> number),
                Arbitraries.integers().map(scale -> new BigDecimal(BigInteger.valueOf(7), scale)),
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, true, false, List.of("a"), Map.of("a", 1L)),
                Arbitraries.just(null));
    }

    private String hashOf(Map<String, Object> cells) {
        SourceRow row = PermitRows.rowOf(cells);
        return mapper.map(row).hash();
    }

    private static String spelling(LocalDate date, Random random) {
        return SPELLINGS.get(random.nextInt(SPELLINGS.size())).format(date);
    }

    private static String oneOf(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static Map<String, Object> shuffled(Map<String, Object> cells, Random random) {
        List<String> columns = new ArrayList<>(cells.keySet());
        Collections.shuffle(columns, random);
        Map<String, Object> shuffled = new LinkedHashMap<>();
        columns.forEach(column -> shuffled.put(column, cells.get(column)));
        return shuffled;
    }
}
