package dev.syncline.permits;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.permits.PermitDetail.Builder;
import dev.syncline.permits.PermitPage.Pagination;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

import static dev.syncline.permits.PermitParametersBuilder.aQuery;
import static dev.syncline.permits.StoredPermits.aPermit;
import static dev.syncline.permits.StoredPermits.change;
import static dev.syncline.permits.StoredPermits.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@QuarkusTest
@DisplayName("S1-34 (permits): lists and details")
class PermitReaderTest {
    private static final Instant LAST_COMPLETE = Instant.parse("2026-05-11T10:00:00Z");

    @Inject
    MongoDatabase database;

    private StoredPermits permits;
    private PermitReader reader;

    @BeforeEach
    void open() {
        permits = new StoredPermits(database);
        permits.clear();
        reader = new PermitReader(
                database, new PermitHistory(database), () -> Uni.createFrom().item(Optional.of(LAST_COMPLETE)));
    }

    @AfterEach
    void clear() {
        permits.clear();
    }

    @Test
    void selectsByEveryFilter() {
        permits.hold(
                aPermit("A")
                        .with("STATUS", "Inspection")
                        .with("WARD_GRID", "S1428")
                        .with("EST_CONST_COST", "100"),
                aPermit("B")
                        .with("STATUS", "Under Review ")
                        .with("WARD_GRID", "S1441")
                        .with("EST_CONST_COST", "9,000.50"),
                aPermit("C")
                        .with("STATUS", "Inspection")
                        .with("PERMIT_TYPE", "Plumbing(PS)")
                        .with("EST_CONST_COST", "20000"),
                aPermit("D"));

        assertThat(numbers(aQuery().with("status", "Inspection"))).containsExactlyInAnyOrder("A", "C");
        assertThat(numbers(aQuery().with("status", "Under Review"))).containsExactly("B");
        assertThat(numbers(aQuery().with("status", "inspection"))).isEmpty();
        assertThat(numbers(aQuery().with("ward", "14"))).containsExactlyInAnyOrder("A", "B");
        assertThat(numbers(aQuery().with("permit_type", "Plumbing(PS)"))).containsExactly("C");
        assertThat(numbers(aQuery().with("min_cost", "9000.50"))).containsExactlyInAnyOrder("B", "C");
        assertThat(numbers(aQuery().with("max_cost", "9000.50"))).containsExactlyInAnyOrder("A", "B");
        assertThat(numbers(aQuery().with("min_cost", "101").with("max_cost", "19999")))
                .containsExactly("B");
        assertThat(numbers(aQuery().with("status", "Inspection").with("ward", "14")))
                .containsExactly("A");
    }

    @Test
    void putsWhatIsMissingLastInBothOrders() {
        permits.hold(
                aPermit("A").with("ISSUED_DATE", "2023-05-01"),
                aPermit("B"),
                aPermit("C").with("ISSUED_DATE", "2019-12-23"),
                aPermit("D"),
                aPermit("E").with("ISSUED_DATE", "2023-05-01"));

        assertThat(numbers(aQuery().with("sort_order", "desc"))).containsExactly("E", "A", "C", "D", "B");
        assertThat(numbers(aQuery().with("sort_order", "asc"))).containsExactly("C", "A", "E", "B", "D");
    }

    @Test
    void sortsCostsAsNumbers() {
        permits.hold(
                aPermit("A").with("EST_CONST_COST", "90,000.00"),
                aPermit("B").with("EST_CONST_COST", "1000000"),
                aPermit("C").with("EST_CONST_COST", "DO NOT UPDATE OR DELETE THIS INFO FIELD"),
                aPermit("D").with("EST_CONST_COST", "250.75"));

        PermitParametersBuilder byCost = aQuery().with("sort_by", "est_const_cost");
        assertThat(numbers(byCost)).containsExactly("B", "A", "D", "C");
        assertThat(numbers(byCost.with("sort_order", "asc"))).containsExactly("D", "A", "B", "C");
    }

    @Test
    void sortsRevisionsUnderTheirPermit() {
        permits.hold(
                aPermit("21 200 BLD"),
                aPermit("21 100 BLD").with("REVISION_NUM", "01"),
                aPermit("21 100 BLD").with("REVISION_NUM", "00"),
                aPermit("19 300 BLD"));

        PermitParametersBuilder byNumber = aQuery().with("sort_by", "permit_num");
        assertThat(numbers(byNumber)).containsExactly("21 200 BLD", "21 100 BLD", "21 100 BLD", "19 300 BLD");
        assertThat(page(byNumber.with("sort_order", "asc")).data())
                .extracting(permit -> permit.fields().get("revision_num"))
                .containsExactly("00", "00", "01", "00");
    }

    @Test
    void pagesWithoutGapsOrRepeats() {
        // Given 7 permits of one date and 4 without
        permits.hold(IntStream.range(0, 11)
                .mapToObj(i -> aPermit("P" + (10 + i)).with("ISSUED_DATE", i % 3 == 2 || i == 10 ? null : "2023-05-01"))
                .toArray(PermitRows[]::new));

        for (String order : List.of("asc", "desc")) {
            PermitParametersBuilder query = aQuery().with("sort_order", order);
            List<String> whole = numbers(query);

            // When
            List<String> pieced = Stream.of("1", "2", "3", "4")
                    .flatMap(page -> numbers(query.with("limit", "3").with("page", page)).stream())
                    .toList();

            // Then
            assertThat(whole).hasSize(11).doesNotHaveDuplicates();
            assertThat(pieced).as(order).isEqualTo(whole);
        }
        PermitPage third = page(aQuery().with("limit", "3").with("page", "3"));
        assertThat(third.pagination()).isEqualTo(new Pagination(3, 3, 11, 4));
        PermitPage beyond = page(aQuery().with("limit", "3").with("page", "5").with("sort_order", "asc"));
        assertThat(beyond.data()).isEmpty();
        assertThat(beyond.pagination()).isEqualTo(new Pagination(5, 3, 11, 4));
    }

    @Test
    void answersForAnEmptyCollection() {
        assertThat(page(aQuery())).isEqualTo(new PermitPage(List.of(), new Pagination(1, 20, 0, 0)));
    }

    @Test
    void searchesForTheTextItself() {
        permits.hold(
                aPermit("21 100 BLD").with("DESCRIPTION", "New laneway suite (2 storeys) *see notes*"),
                aPermit("21 200 BLD")
                        .with("STREET_NAME", "LANEWAY PARK")
                        .with("DESCRIPTION", "cost $5.00 [est] a+b a|b ^x C:\\tmp"),
                aPermit("21 300 PLB").with("BUILDER_NAME", "O'Brien & Sons {Ltd}"),
                aPermit("21 400 PLB").with("OWNER", "laneway owner"));

        assertThat(found("LaneWay")).containsExactlyInAnyOrder("21 100 BLD", "21 200 BLD");
        assertThat(found("21 300")).containsExactly("21 300 PLB");
        assertThat(found("o'brien & sons {ltd}")).containsExactly("21 300 PLB");
        assertThat(found("(2 storeys) *")).containsExactly("21 100 BLD");
        assertThat(found("$5.00 [est] a+b a|b ^x c:\\")).containsExactly("21 200 BLD");
        assertThat(found(".*")).isEmpty();
        assertThat(found("(")).containsExactly("21 100 BLD");
        assertThat(found("\\")).containsExactly("21 200 BLD");
        assertThat(found("5x00")).isEmpty();
        assertThat(found("[a-z]")).isEmpty();
        assertThat(found("?")).isEmpty();
    }

    @Test
    void showsAPermitWithItsBuilderAndHistory() {
        // Given
        String key = "21 178362 BLD--00";
        permits.hold(PermitRows.aFullRow(), aPermit("B").with("BUILDER_NAME", "BUILDER 17"));
        Instant june = Instant.parse("2026-06-01T10:00:00Z");
        permits.addChanges(List.of(
                change(key, "run-2", "status", june),
                change(key, "run-3", "ward", june.plusSeconds(60)),
                change(key, "run-4", "work", june.plusSeconds(90)).append("kind", "held"),
                change("B--00", "run-2", "status", june),
                change(key, "run-5", "status", june.plusSeconds(99)).append("sync", "roster")));

        // When
        PermitDetail detail = detail(key);

        // Then
        assertThat(detail.permit().lastSeenAt()).isEqualTo(LAST_COMPLETE);
        assertThat(detail.permit().firstSeenAt()).isEqualTo(StoredPermits.FIRST_SEEN);
        assertThat(detail.permit().absentSince()).isNull();
        assertThat(detail.trades()).isEmpty();
        assertThat(detail.builder()).isEqualTo(new Builder("BUILDER 17", 2));
        assertThat(detail.history())
                .containsExactly(
                        new PermitChange(
                                "21 178362 BLD", "00", "run-3", "ward", "old ward", "new ward", june.plusSeconds(60)),
                        new PermitChange("21 178362 BLD", "00", "run-2", "status", "old status", "new status", june));
    }

    @Test
    void showsTheLastFiftyChanges() {
        permits.hold(aPermit("A"));
        permits.addChanges(IntStream.range(0, 60)
                .mapToObj(i -> change("A--00", "run-" + i, "status", LAST_COMPLETE.plusSeconds(i)))
                .toList());

        PermitDetail detail = detail("A--00");

        assertThat(detail.builder()).isNull();
        assertThat(detail.history()).hasSize(50);
        assertThat(detail.history().get(0).syncRunId()).isEqualTo("run-59");
        assertThat(detail.history().get(49).syncRunId()).isEqualTo("run-10");
    }

    @Test
    void tellsWhenAPermitWasLastSeen() {
        Instant later = LAST_COMPLETE.plusSeconds(3600);
        Instant gone = Instant.parse("2026-04-01T10:00:00Z");
        permits.hold();
        permits.add(stored(aPermit("ADDED-SINCE")).append("first_seen_at", Date.from(later)));
        permits.add(stored(aPermit("CHANGED-SINCE")).append("changed_at", Date.from(later)));
        permits.add(stored(aPermit("ABSENT"))
                .append("absent_since", Date.from(gone.plusSeconds(86_400)))
                .append("last_seen_at", Date.from(gone)));

        assertThat(detail("ADDED-SINCE--00").permit().lastSeenAt()).isEqualTo(later);
        assertThat(detail("CHANGED-SINCE--00").permit().lastSeenAt()).isEqualTo(later);
        assertThat(detail("ABSENT--00").permit().lastSeenAt()).isEqualTo(gone);
        assertThat(detail("ABSENT--00").permit().absentSince()).isEqualTo(gone.plusSeconds(86_400));
    }

    @Test
    void doesNotFindWhatIsNotThere() {
        SyncException missing = catchThrowableOfType(SyncException.class, () -> detail("21 178362 BLD--99"));

        assertThat(missing.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(missing.detail()).isEqualTo("There is no permit 21 178362 BLD--99.");
    }

    private List<String> found(String search) {
        return numbers(aQuery().with("search", search));
    }

    private List<String> numbers(PermitParametersBuilder query) {
        return page(query).data().stream()
                .map(permit -> String.valueOf(permit.fields().get("permit_num")))
                .toList();
    }

    private PermitPage page(PermitParametersBuilder query) {
        return await(reader.page(query.checked()));
    }

    private PermitDetail detail(String id) {
        return await(reader.detail(PermitKey.parse(id).orElseThrow()));
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(10));
    }
}
