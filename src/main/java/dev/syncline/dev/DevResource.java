package dev.syncline.dev;

import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import io.quarkus.arc.profile.IfBuildProfile;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;

import dev.syncline.dev.sheets.SampleDevices;
import dev.syncline.dev.sheets.SampleSales;

/** {@code GET /dev}: what stands in for the world on a developer's machine, and what to try with it. Plain text, for curl. */
@Path("/dev")
@IfBuildProfile("dev")
class DevResource {
    private final EmbeddedMongo mongo;
    private final SampleImports samples;
    private final DevSheets sheets;
    private final String database;
    private final Optional<String> secret;

    DevResource(
            EmbeddedMongo mongo,
            SampleImports samples,
            DevSheets sheets,
            @ConfigProperty(name = "quarkus.mongodb.database") String database,
            @ConfigProperty(name = "syncline.identity.write-back-secret") Optional<String> secret) {
        this.mongo = mongo;
        this.samples = samples;
        this.sheets = sheets;
        this.database = database;
        this.secret = secret;
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(hidden = true)
    public String list(@Context UriInfo uri) {
        String here = uri.getBaseUri().toString().replaceAll("/$", "");
        return """
                Syncline in development

                MongoDB   %s
                Permits   %s
                            %s     read at the first start; a few of its records are broken on purpose
                            %s   the same some time later: changed, added and vanished permits
                            %s   a seventh of the permits is missing: too many to go without a person's word

                Sheets    %s
                            the spreadsheet %s, read at the first start and then on demand: the schedule is off in development
                            open the address, change a cell, insert a row, rename a column or have calls fail; then Refresh now
                            the spreadsheet %s, written to at the first start and then every five minutes: what has changed
                            in requests, operators and revenues of the database since
                            change a record there:  db.requests.updateOne({_id: "request-1"},
                                                    {$set: {notes: "=1+1", updatedAt: new Date()}})   in the database %s
                            as a machine:           -H 'Authorization: Bearer %s' to queue changes and to start a run

                Letters   mails of failed runs go to ops@example.org, which here means: into the log, and no further

                Identity  a provider of our own at /dev/identity, without passwords: on the page one clicks who one is
                            viewer, manager, lead, admin; and stranger and unverified, who are not let in

                A token for curl:       token=$(curl -s '%s/dev/token?person=admin')
                Send it:                curl -H "Authorization: Bearer $token" %s/api/me

                Look at the page:       %s/
                Follow what happens:    curl -N -H "Authorization: Bearer $token" %s/api/events
                Bring the later feed:   curl -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"file_path": "%s"}' %s/api/sync
                Have a sweep held:      curl -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"file_path": "%s"}' %s/api/sync
                Wait for the end:       add ?wait=true to the address
                Refresh the roster:     curl -X POST -H "Authorization: Bearer $token" %s/api/sync/manual
                Write back now:         curl -X POST -H "Authorization: Bearer $token" '%s/api/sync/write-back?wait=true'
                Queue a change:         curl -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"model": "Request", "recordId": "request-1", "action": "UPDATE"}' %s/api/sync/queue
                Look at permits:        curl -H "Authorization: Bearer $token" '%s/api/permits?limit=3'
                """.formatted(
                        mongo.where(),
                        samples.directory(),
                        SampleImports.FIRST,
                        SampleImports.CHANGED,
                        SampleImports.SHRUNK,
                        sheets.where(),
                        SampleDevices.ID,
                        SampleSales.ID,
                        database,
                        secret.orElse("none is set"),
                        here,
                        here,
                        here,
                        here,
                        SampleImports.CHANGED,
                        here,
                        SampleImports.SHRUNK,
                        here,
                        here,
                        here,
                        here,
                        here);
    }
}
