package dev.syncline.platform;

import java.util.Arrays;
import java.util.Locale;

/**
 * The one table of everything that can go wrong: HTTP status, whether another attempt can help, what it means and what
 * to do next. Each code has a page of the same name in {@code docs/runbook/}; a code without one fails the build.
 */
public enum ErrorCode {
    // The request
    INVALID_REQUEST(
            400, false, "The request is not valid", "Correct the request as the detail says and send it again."),
    INVALID_PARAMETER(
            400, false, "A parameter has a value that is not allowed", "Use one of the values that the detail names."),
    UNAUTHENTICATED(401, false, "The caller is not known", "Log in, or send a valid bearer token."),
    FORBIDDEN(
            403,
            false,
            "The caller may not do this",
            "Ask an administrator for the role that the operation needs; in a browser, write from our own pages."),
    LEAD_ROLE_REQUIRED(403, false, "Only a lead may do this", "Ask a lead to do it, or to give you that role."),
    UNAUTHORIZED_CRON(
            401,
            false,
            "The scheduler did not prove who it is",
            "Let the scheduler send X-Appengine-Cron and X-Internal-Service-Token, and compare the secret's two places."),
    INVALID_ALLOWLIST(
            400,
            false,
            "The allowlist cannot be meant",
            "Correct the addresses that the detail names; nothing was changed."),
    ALLOWLIST_UPDATE_FAILED(
            500,
            false,
            "The allowlist could not be changed",
            "Read the list again, and repeat the change if it is still right."),
    LAST_LEAD(
            409,
            false,
            "The list would have no lead left on it",
            "Keep one lead's address on the list, or let another lead log in first."),
    CONFIG_MISSING(
            503,
            false,
            "Nobody has said who may log in",
            "Set syncline.identity.allowed-emails to the first addresses and start again."),
    IDENTITY_PROVIDER_UNAVAILABLE(
            503,
            true,
            "The identity provider does not answer",
            "Wait as Retry-After says, then repeat; if it stays, look at the provider and at quarkus.oidc.auth-server-url."),
    NOT_FOUND(404, false, "There is nothing at this address", "Check the address and the id in it."),
    METHOD_NOT_ALLOWED(
            405, false, "The address does not support this method", "Use a method that the OpenAPI document lists."),
    NOT_ACCEPTABLE(406, false, "The answer cannot be given in the form asked for", "Accept application/json."),
    REQUEST_TOO_LARGE(413, false, "The request body is too large", "Send a smaller body."),
    UNSUPPORTED_MEDIA_TYPE(415, false, "The body has a type that is not understood", "Send application/json."),
    IDEMPOTENCY_KEY_REUSED(
            422, false, "The Idempotency-Key was used with another body", "Use a new key for a new request."),
    TOO_MANY_REQUESTS(429, false, "Too many requests", "Wait as Retry-After says, then repeat."),
    INTERNAL_ERROR(500, true, "Something failed that should not", "Search the log for the reference and report it."),
    SHUTTING_DOWN(503, true, "This process is about to stop", "Repeat the request: another process answers it."),

    // Runs
    RUN_ACTIVE(409, false, "The sync is already running", "Follow the active run, or cancel it first."),
    RUN_FAILED(500, false, "The run has failed", "Look at the run: it says why and what to do."),
    RUN_NOT_ACTIVE(409, false, "The run has ended already", "Look at the run; an ended run never changes."),
    INTERRUPTED(
            500,
            true,
            "The process that ran the sync ended before the run did",
            "Nothing to do when another attempt follows; else start the sync again."),
    HANDED_OVER(
            503, true, "The process stopped and gave the run to another one", "Nothing: the run goes on elsewhere."),
    SYNC_DISABLED(409, false, "The sync is switched off", "Switch it on in the configuration, or use another sync."),
    SYNC_TIMEOUT(
            504,
            true,
            "The run took longer than its time limit",
            "Find the slow stage in the run, or raise the limit of this sync."),
    RUN_SLOW(
            504,
            false,
            "The run works longer than is usual for this sync",
            "Compare with earlier runs; look at the source, the database and the size of the feed."),
    FAILED_REPEATEDLY(
            500,
            false,
            "The last runs of the sync have all failed",
            "Look at the oldest of them first: what changed then?"),
    SWEEP_HELD(
            409,
            false,
            "More rows are absent than may go without a person's word",
            "Look at the sample, then approve or dismiss the sweep."),
    SWEEP_NOT_HELD(
            409,
            false,
            "The run has no sweep that waits for a decision",
            "Look at the sweep's state: it was decided, superseded, or there was none."),
    DEAD_LETTER_DECIDED(
            409,
            false,
            "Somebody has decided on this dead letter already",
            "Look at the letter: it says who, when and which run was made of it."),
    TOO_MANY_REJECTED(
            422,
            false,
            "Too large a share of the records could not be read",
            "Look at the rejections grouped by code, and correct the source or the mapping."),

    // Getting the source
    SOURCE_NOT_CONFIGURED(
            503, false, "No source is configured for this sync", "Set the source of the sync in the configuration."),
    SOURCE_PATH_REFUSED(
            400, false, "The file is not one that may be read", "Name a regular file inside the import directory."),
    SOURCE_URL_REFUSED(
            400,
            false,
            "The address is not one that may be opened",
            "Add its scheme, host and port to the allow-list, or use one that is there."),
    SOURCE_NOT_FOUND(400, false, "The source does not exist", "Check the name of the file or the address."),
    SOURCE_REFUSED(502, false, "The source refused the request", "Check address and access at the source."),
    SOURCE_RATE_LIMITED(
            503,
            true,
            "The source asks to be called less often",
            "Wait; the next attempt honours the source's Retry-After."),
    SOURCE_UNREACHABLE(
            502,
            true,
            "The source cannot be reached",
            "Check that the source is up and that the network lets us there."),
    SOURCE_TIMEOUT(504, true, "The source did not answer in time", "Check the source, or raise the time-outs."),
    SOURCE_FAILED(
            502,
            true,
            "The source answered with a failure of its own",
            "Wait or ask the source's operator; a later attempt may succeed."),
    SOURCE_CUT(
            502,
            true,
            "The transfer broke off before its end",
            "Nothing when another attempt follows, else start again; check the network when it happens often."),
    SOURCE_CHANGED(
            502,
            true,
            "The source changed while it was read",
            "Nothing when another attempt follows; write new exports beside the old ones, not over them."),
    SOURCE_UNCHANGED(
            502,
            false,
            "The source has brought nothing new for long",
            "Ask the source's operator whether it is still kept up to date."),
    SOURCE_CHANGED_UNTOLD(
            502,
            false,
            "The source changes without saying so",
            "Tell the source's operator, and set syncline.permits.full-read-every to 0S meanwhile."),
    SOURCE_TOO_LARGE(413, false, "The source is larger than allowed", "Raise the size limit if the size is right."),
    SPOOL_FULL(
            507,
            true,
            "There is not enough free space for the download",
            "Free space in the spool directory, or give it more."),

    // Reading the feed
    FEED_NOT_JSON(
            422,
            false,
            "The feed is not JSON",
            "Open the source in a browser: it may be an error page or another format."),
    FEED_MALFORMED(422, false, "The feed is not well-formed", "Look at the place that the detail names."),
    FEED_TRUNCATED(422, false, "The feed ends in the middle", "Get the whole file; nothing was written."),
    FEED_FAILURE_REPORTED(
            422, false, "The feed says of itself that it failed", "Read the feed's own message and ask its operator."),
    FEED_EMPTY(422, false, "The feed holds no records", "Check the source; nothing was changed or closed."),
    FEED_INCOMPLETE(
            422,
            false,
            "The feed holds fewer records than it announces",
            "Run again; ask the feed's operator when it stays."),
    FEED_SHRUNK(
            422,
            false,
            "The feed holds far fewer records than the last complete one",
            "Check the source; if the size is right, lower the floor in the configuration and start again."),
    FEED_COLUMN_MISSING(
            422,
            false,
            "A column that the sync cannot do without is missing",
            "Check whether the source renamed the column; nothing was written."),

    // One row
    ROW_TOO_LARGE(
            422,
            false,
            "The record is larger than allowed",
            "Correct the record at the source, or raise the record limit."),
    ROW_MALFORMED(422, false, "The record is not well-formed", "Correct the record at the source."),
    ROW_ENCODING(422, false, "The record is not valid UTF-8", "Correct the record's encoding at the source."),
    ROW_NOT_OBJECT(422, false, "The record is not an object", "Correct the record at the source."),
    KEY_MISSING(422, false, "A part of the record's key is missing or empty", "Fill in the key at the source."),
    KEY_TOO_LONG(422, false, "A part of the record's key is longer than allowed", "Correct the key at the source."),
    CELL_NOT_SCALAR(
            422, false, "A cell holds a list or an object where one value is due", "Correct the cell at the source."),
    ROW_WRITE_FAILED(
            500,
            false,
            "The database refused this row",
            "Look at the reason; the row is tried again with the next run."),

    // The roster and its sheet (S0, error catalogue)
    INVALID_SYNC_CONFIGURATION(
            503,
            false,
            "The sheet or its header is not the one that is configured",
            "Compare the sync's settings of spreadsheet, tab and header with the sheet, and correct what differs."),
    SHEET_NOT_FOUND(
            502,
            false,
            "The spreadsheet does not exist, or is not shared with this service",
            "Check the sheet's id, and share the sheet with the service account."),
    SHEETS_AUTH_REVOKED(
            502,
            false,
            "Google refuses this service's credential",
            "Share the sheet with the service account, or renew its key: the message says which."),
    SHEETS_RATE_LIMIT(
            503,
            true,
            "Google Sheets asks to be called less often",
            "Wait a minute; lower the schedule's pace or the call budget when it happens often."),
    SHEET_TOO_LARGE(
            413,
            false,
            "The sheet has more rows than are read",
            "Raise syncline.roster.max-rows, or move old rows to another tab; nothing was written."),
    SERIAL_AUDIT_FAILED(
            409,
            false,
            "Rows of the sheet have no serial",
            "Fill in the serials of the rows that the detail names, or switch syncline.roster.strict-serials off."),
    TRANSFORM_VALIDATION_FAILED(
            422,
            false,
            "Too many rows of the sheet cannot be read",
            "Correct the rows that the rejections name; nothing was written."),
    MONGO_WRITE_FAILED(
            500,
            true,
            "The devices could not be written",
            "The devices are as they were before; check the database, then run again."),
    ROLLBACK_FAILED(
            500,
            true,
            "What a failed run had written could not be taken back yet",
            "Check the database; it is tried again by itself, and before the next run at the latest."),
    UNKNOWN_FAILURE(
            500,
            false,
            "The run failed in a way that nobody foresaw",
            "Search the log for the reference and report it."),
    RUN_CANCELLED(409, false, "A person has cancelled the run", "Start it again when it is wanted."),
    CONFIRMATION_REQUIRED(
            400,
            false,
            "The request changes much and does not confirm it",
            "Make sure that it is meant, then send it again with \"confirm\": true."),
    BASELINE_INVALID(
            422,
            false,
            "The baseline cannot be restored as it is",
            "Correct the file at the place that the detail names; nothing was changed."),

    // Remarks on a sheet's rows and columns
    SERIAL_CONFLICT(
            422,
            false,
            "Rows of the sheet have the same serial",
            "Keep one row for each serial; the first one counts."),
    LEGACY_ID_SHARED(
            422, false, "Devices of the sheet share a device id", "Give each device an id of its own, or none."),
    DATE_UNREADABLE(
            422, false, "Cells hold no date that can be read", "Write the date as 2026-01-31, or format it as a date."),
    CELL_ERROR(422, false, "Cells show an error", "Correct the formulas; such cells count as blank."),
    COLUMN_DUPLICATED(422, false, "Columns of the sheet have the same name", "Give each column a label of its own."),
    COLUMNS_OVER_LIMIT(
            422,
            false,
            "The sheet has more columns than are kept",
            "Remove columns, or raise syncline.roster.max-attributes."),
    COLUMNS_CHANGED(
            409, false, "Columns of the sheet were added, removed or renamed", "Check that the change was meant."),

    // The device list
    INVALID_FILTERS(400, false, "The devices cannot be filtered so", "Use what the message names."),
    DEVICE_ID_REQUIRED(400, false, "No device is named", "Put the device's serial into the address."),
    DEVICE_NOT_FOUND(404, false, "There is no device of that serial", "Check the serial, or search the list."),
    DEVICE_GRID_QUERY_FAILED(
            500, true, "The devices could not be listed", "Try again; search the log for the reference when it stays."),
    COLUMN_DEFINITIONS_FAILED(
            500, true, "The columns could not be listed", "Try again; search the log for the reference when it stays."),
    METRICS_FAILURE(
            500, true, "The figures could not be made", "Try again; search the log for the reference when it stays."),
    AUDIT_FEED_FETCH_FAILED(
            500,
            true,
            "The audit feed could not be read",
            "Try again; search the log for the reference when it stays."),

    // Write-back to sheets (S2)
    MODEL_UNKNOWN(
            400, false, "There is no such model", "Use one of the models that the detail names, or configure it."),
    CHANGE_INVALID(
            400,
            false,
            "The change is not one that can be queued",
            "Correct what the detail names; nothing of the request was queued."),
    QUEUE_ITEM_BUSY(409, false, "The item is being worked on", "Wait until it has ended; a run takes minutes at most."),
    QUEUE_ITEM_NOT_FAILED(
            409, false, "The item has not failed", "Nothing: it is written with the next run, or was already."),
    RUN_NOT_UNDOABLE(
            409,
            false,
            "There is nothing of this run that could be undone",
            "Name a run that has written to a sheet and is over; the log says what each has changed."),
    TARGET_NOT_CONFIGURED(
            503,
            false,
            "No spreadsheet is configured for the model",
            "Set the model's sheet-id or syncline.writeback.sheet-id, then retry the failed items."),
    TAB_MISSING(
            502,
            false,
            "The spreadsheet has no such tab",
            "Give the tab its name back, or correct the model's tab; items wait meanwhile."),
    HEADER_MISMATCH(
            502,
            false,
            "The tab's header is not the one that is configured",
            "Put the labels back that the detail names, or correct the model's columns; items wait meanwhile."),
    KEY_COLUMN_EMPTY(
            502,
            false,
            "The tab has rows, and none of them has a key",
            "Put the keys back into their column; items wait meanwhile."),
    KEY_DUPLICATED(
            422,
            false,
            "Several rows of the tab have the record's key",
            "Keep one row for the key, then retry the item."),
    ROW_GONE(
            422,
            false,
            "The record's row is not in the tab any more",
            "Put the row back; or take the record's row number away, and it is appended anew. Then retry the item."),
    ROW_MOVED(
            502,
            true,
            "Rows of the tab were moved while they were written",
            "Nothing: what was written is put back, and the item is tried again."),
    VALUE_UNMAPPABLE(
            422,
            false,
            "A value of the record does not fit its column",
            "Correct the record or the column's type, then retry the item."),
    CELL_CONFLICT(
            409,
            false,
            "People have changed the row since it was last written",
            "Take their values over into the record, or retry the item with \"overwrite\": true."),
    WRITE_REJECTED(
            422, false, "Google takes everything but this row", "Correct what Google says of it, then retry the item."),
    RANGE_PROTECTED(
            502,
            false,
            "The cells are protected",
            "Let the service account edit the protected range, then retry the items."),
    SHEET_FULL(
            507,
            false,
            "The spreadsheet is at its limit of cells",
            "Delete what is not needed, or move old rows to another spreadsheet, then retry the items."),
    WORKER_DIED(
            500,
            false,
            "The processes that worked on the item all ended before it did",
            "Look at the log at the times of its attempts, then retry the item."),

    // Remarks on cells that were left as they are
    LABEL_UNKNOWN(422, false, "A key has no label", "Add the key to the labels of the column, or correct the record."),
    REFERENCE_MISSING(
            422, false, "What a field points to is missing", "Correct the record, or the one that it points to."),
    FORMULA_KEPT(
            409,
            false,
            "People have put a formula into a cell of ours",
            "Take the formula out, or name the column among the model's formulas."),
    CELL_CHANGED_SINCE(409, false, "A cell holds something else by now", "Nothing: what people wrote since stays."),
    BACKLOG_GROWING(
            503,
            false,
            "Many changes have waited for long to be written",
            "Look at the queue page: a blocked tab, failures, or a pace that is too low."),

    // The database
    DATABASE_UNAVAILABLE(
            503, true, "The database does not answer", "Check MongoDB; the service goes on by itself when it is back."),
    DATABASE_WRITE_FAILED(
            500, true, "The database refused a write", "Look at the database's log; what was stored stays stored.");

    private final int status;
    private final boolean retryable;
    private final String title;
    private final String nextStep;

    ErrorCode(int status, boolean retryable, String title, String nextStep) {
        this.status = status;
        this.retryable = retryable;
        this.title = title;
        this.nextStep = nextStep;
    }

    /** HTTP status of an answer that fails with this code. */
    public int status() {
        return status;
    }

    /** Whether a later attempt of the same run can succeed without a person. */
    public boolean retryable() {
        return retryable;
    }

    /** What happened, in one line for a person. */
    public String title() {
        return title;
    }

    /** What to do about it, in one line for a person. */
    public String nextStep() {
        return nextStep;
    }

    /** Name of the runbook page, without folder and ending: {@code sweep-held}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a refusal of the HTTP layer is called, where its status is all that is known. */
    static ErrorCode ofRefusal(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> REQUEST_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> TOO_MANY_REQUESTS;
            default -> status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
        };
    }

    /** The status of a code by its name; 500 for one that this version does not know. */
    public static int statusOf(String name) {
        return Arrays.stream(values())
                .filter(code -> code.name().equals(name))
                .mapToInt(ErrorCode::status)
                .findFirst()
                .orElse(500);
    }
}
