package dev.syncline.permits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.ingest.MappedRow;
import dev.syncline.source.SourceRow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Two real exports, half a year apart, in different date spellings, the older without builders. */
class RealPermitsTest {
    private static final Path EXPORTS = Path.of("../shared/data/permits");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private final PermitMapper mapper = new PermitMapper();

    @Test
    @DisplayName("S1-26: 2023-01 then 2023-07 is 844 new, 95 updated, 719 unchanged, 129 absent")
    void comparesTwoRealExports() throws IOException {
        // Given
        Map<String, MappedRow> january = permitsOf("2023-01.json");
        Map<String, MappedRow> july = permitsOf("2023-07.json");

        // When
        long added =
                july.keySet().stream().filter(key -> !january.containsKey(key)).count();
        long absent =
                january.keySet().stream().filter(key -> !july.containsKey(key)).count();
        List<String> shared =
                july.keySet().stream().filter(january::containsKey).toList();
        List<String> updated = shared.stream()
                .filter(key -> !january.get(key).hash().equals(july.get(key).hash()))
                .toList();

        // Then
        assertThat(added).isEqualTo(844);
        assertThat(updated).hasSize(95);
        assertThat(shared.size() - updated.size()).isEqualTo(719);
        assertThat(absent).isEqualTo(129);
        assertThat(changesByField(updated, january, july))
                .isEqualTo(Map.of(
                        "status", 90,
                        "issued_date", 41,
                        "interior_alterations_sqm", 7,
                        "description", 5,
                        "dwelling_units_created", 4,
                        "proposed_use", 2,
                        "builder_name", 1));
    }

    @Test
    void mapsEveryRowOfEveryExport() throws IOException {
        assertThat(permitsOf("2023-01.json")).hasSize(943);
        assertThat(permitsOf("2023-07.json")).hasSize(1658);
    }

    private Map<String, Integer> changesByField(
            List<String> keys, Map<String, MappedRow> before, Map<String, MappedRow> after) {
        Map<String, Integer> changes = new TreeMap<>();
        for (String key : keys) {
            for (String field : mapper.fields()) {
                Object from = before.get(key).fields().get(field);
                Object to = after.get(key).fields().get(field);
                if (!Objects.equals(from, to)) {
                    changes.merge(field, 1, Integer::sum);
                }
            }
        }
        return changes;
    }

    private Map<String, MappedRow> permitsOf(String export) throws IOException {
        Path file = EXPORTS.resolve(export);
        assumeTrue(Files.exists(file), file + " is not here");
        List<Map<String, Object>> rows = JSON.readValue(file.toFile(), new TypeReference<>() {});
        Map<String, MappedRow> permits = new LinkedHashMap<>();
        for (Map<String, Object> cells : rows) {
            MappedRow permit = mapper.map(new SourceRow(0, "/", cells, new byte[0]));
            permits.put(permit.key(), permit);
        }
        return permits;
    }
}
