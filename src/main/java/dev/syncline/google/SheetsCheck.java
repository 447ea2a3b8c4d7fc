package dev.syncline.google;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.runtime.LaunchMode;

import dev.syncline.platform.StartupCheck;
import dev.syncline.platform.SyncException;

/** In production the credential must be one that could work, if there is a sheet to be used with it (C0-53). */
@Singleton
class SheetsCheck implements StartupCheck {
    private static final String PREFIX = "syncline.google.sheets.";

    private final SheetsConfig config;
    private final SheetsAccess access;
    private final TokenTransport transport;
    private final boolean isNeeded;

    @Inject
    SheetsCheck(SheetsConfig config, SheetsAccess access, TokenTransport transport, @Any Instance<SheetsUse> uses) {
        this(config, access, transport, LaunchMode.current() == LaunchMode.NORMAL && isInUse(uses));
    }

    SheetsCheck(SheetsConfig config, SheetsAccess access, TokenTransport transport, boolean isNeeded) {
        this.config = config;
        this.access = access;
        this.transport = transport;
        this.isNeeded = isNeeded;
    }

    private static boolean isInUse(Instance<SheetsUse> uses) {
        return uses.stream().anyMatch(SheetsUse::isConfigured);
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        config.rootUrl()
                .filter(root -> !isHttp(root))
                .ifPresent(root -> problems.add(PREFIX + "root-url must be an http or https address"));
        if (!isNeeded) {
            return problems;
        }
        if (config.credentialsFile().isPresent() && config.credentialsJson().isPresent()) {
            problems.add("only one of " + PREFIX + "credentials-file and " + PREFIX + "credentials-json may be set");
            return problems;
        }
        wrongKey().ifPresent(problems::add);
        return problems;
    }

    private Optional<String> wrongKey() {
        try {
            access.key().ifPresent(key -> {
                var unused = AccountKey.parse(key, access.keySource(), transport);
            });
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(PREFIX + "credentials-file is no file that can be read: "
                    + config.credentialsFile().orElseThrow());
        } catch (SyncException e) {
            return Optional.of(e.detail());
        }
    }

    private static boolean isHttp(URI root) {
        return root.getHost() != null && ("http".equals(root.getScheme()) || "https".equals(root.getScheme()));
    }
}
