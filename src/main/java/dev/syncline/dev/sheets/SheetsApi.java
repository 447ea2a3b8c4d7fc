package dev.syncline.dev.sheets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;

import dev.syncline.dev.sheets.Json.Content;

/** The API's methods by their paths, and who may call them. */
final class SheetsApi {
    private final Map<String, StandInSpreadsheet> spreadsheets = new ConcurrentHashMap<>();

    void add(StandInSpreadsheet spreadsheet) {
        spreadsheets.put(spreadsheet.id(), spreadsheet);
    }

    Optional<StandInSpreadsheet> find(String id) {
        return Optional.ofNullable(spreadsheets.get(id));
    }

    List<StandInSpreadsheet> all() {
        return List.copyOf(spreadsheets.values());
    }

    byte[] answer(ApiRequest request) {
        FieldMask mask = request.option("fields").map(FieldMask::parse).orElseGet(FieldMask::everything);
        String method = method(request);
        boolean isWrite = !method.startsWith("get") && !method.startsWith("values get");
        boolean isInScope =
                isWrite ? request.access().mayWrite() : request.access().mayRead();
        if (!isInScope) {
            throw ApiException.insufficientScope();
        }
        if (method.equals("create")) {
            return created(request, mask);
        }
        StandInSpreadsheet spreadsheet = find(request.path().get(0)).orElseThrow(ApiException::notFound);
        spreadsheet.check(request.access().account(), isWrite);
        return isWrite
                ? spreadsheet.change(book -> Json.bytes(content(method, request, spreadsheet.id(), book, mask), mask))
                : spreadsheet.read(book -> Json.bytes(content(method, request, spreadsheet.id(), book, mask), mask));
    }

    /** A name for each method; those that only read begin with {@code get}. */
    private static String method(ApiRequest request) {
        List<String> path = request.path();
        boolean ofValues = path.size() > 1 && path.get(1).equals("values");
        String shape = "%s %d%s %s".formatted(request.method(), path.size(), ofValues ? " values" : "", request.verb());
        return switch (shape.strip()) {
            case "POST 0" -> "create";
            case "GET 1" -> "get";
            case "POST 1 batchUpdate" -> "batchUpdate";
            case "GET 3 values" -> "values get";
            case "PUT 3 values" -> "values update";
            case "POST 3 values append" -> "values append";
            case "POST 3 values clear" -> "values clear";
            case "GET 2 values batchGet" -> "values getSeveral";
            case "POST 2 values batchUpdate" -> "values batchUpdate";
            case "POST 2 values batchClear" -> "values batchClear";
            default -> throw new UnknownPathException();
        };
    }

    private static Content content(String method, ApiRequest request, String id, Workbook book, FieldMask mask) {
        ValuesApi values = new ValuesApi(id, book);
        Options options = new Options(request);
        JsonNode body = request.body();
        return switch (method) {
            case "get" -> spreadsheet(request, id, book, mask);
            case "batchUpdate" -> new BatchUpdate(id, book).apply(body, cellsWanted(request, mask));
            case "values get" -> values.get(range(request), options);
            case "values update" -> values.update(range(request), body, options);
            case "values append" -> values.append(range(request), body, options);
            case "values clear" -> values.clear(range(request));
            case "values getSeveral" -> values.batchGet(ranges(request), options);
            case "values batchUpdate" -> values.batchUpdate(body, options);
            default -> values.batchClear(ranges(request));
        };
    }

    private static Content spreadsheet(ApiRequest request, String id, Workbook book, FieldMask mask) {
        List<A1Range> ranges = ranges(request);
        boolean withCells =
                request.option("fields").isPresent() ? mask.wants("sheets", "data") : request.flag("includeGridData");
        return json -> new SpreadsheetView(id, book).writeTo(json, ranges, withCells);
    }

    /** A mask, where there is one, decides alone. */
    private static boolean cellsWanted(ApiRequest request, FieldMask mask) {
        return request.option("fields").isPresent()
                ? mask.wants("updatedSpreadsheet", "sheets", "data")
                : request.body().path("responseIncludeGridData").asBoolean();
    }

    private static A1Range range(ApiRequest request) {
        return A1Range.parse(request.path().get(2));
    }

    private static List<A1Range> ranges(ApiRequest request) {
        List<String> texts = new ArrayList<>(request.all("ranges"));
        request.body().path("ranges").forEach(range -> texts.add(range.asText()));
        return texts.stream().map(A1Range::parse).toList();
    }

    private byte[] created(ApiRequest request, FieldMask mask) {
        String id = "1" + UUID.randomUUID().toString().replace("-", "");
        StandInSpreadsheet spreadsheet = BatchUpdate.create(id, request.body());
        spreadsheet.share(request.access().account());
        add(spreadsheet);
        return spreadsheet.read(book -> Json.bytes(overview(id, book), mask));
    }

    private static Content overview(String id, Workbook book) {
        return json -> new SpreadsheetView(id, book).writeTo(json, List.of(), false);
    }
}
