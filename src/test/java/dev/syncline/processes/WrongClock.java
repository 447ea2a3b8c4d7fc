package dev.syncline.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;

/** A Java agent that puts the clock of a process wrong, as the service sees it: on a machine of its own it could be so. */
public final class WrongClock {
    private static final String BY = "syncline.test.clock-wrong-by";

    private WrongClock() {}

    /** Called by the JVM that is started with {@link #by}. */
    public static void premain(String by, Instrumentation instrumentation) {
        System.setProperty(BY, by);
        new AgentBuilder.Default()
                .type(named("dev.syncline.platform.SystemClock"))
                .transform((type, description, loader, module, domain) ->
                        type.visit(Advice.to(Shift.class).on(returns(Clock.class))))
                .installOn(instrumentation);
    }

    /** Put behind the body of the method that gives the clock. */
    static final class Shift {
        private Shift() {}

        @Advice.OnMethodExit
        static void shift(@Advice.Return(readOnly = false) Clock clock) {
            clock = Clock.offset(clock, Duration.parse(System.getProperty("syncline.test.clock-wrong-by")));
        }
    }

    /** Options for a JVM whose clock shall be ahead by so much, or behind if it is negative. */
    static List<String> by(Duration offset) {
        return List.of("-javaagent:" + jar() + "=" + offset);
    }

    private static Path jar() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", WrongClock.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, libraryOf(AgentBuilder.class));
        try {
            Path jar = Files.createTempFile(Path.of("target"), "wrong-clock-", ".jar");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                add(out, WrongClock.class);
                add(out, Shift.class);
            }
            return jar.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(JarOutputStream out, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
            out.write(bytes.readAllBytes());
        }
        out.closeEntry();
    }

    private static String libraryOf(Class<?> type) {
        try {
            return type.getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
