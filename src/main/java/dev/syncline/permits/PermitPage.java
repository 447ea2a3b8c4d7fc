package dev.syncline.permits;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One page of the list and where it stands. */
record PermitPage(List<PermitView> data, Pagination pagination) {
    PermitPage {
        data = List.copyOf(data);
    }

    record Pagination(
            int page,
            int limit,
            long total,
            @JsonProperty("total_pages") long totalPages) {
        static Pagination of(PermitQuery query, long total) {
            long totalPages = (total + query.limit() - 1) / query.limit();
            return new Pagination(query.page(), query.limit(), total, totalPages);
        }
    }
}
