package dev.rolewright.ops;

import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;

/// What somebody finds who configured nothing: a database to manage beside the embedded store, and a contract that says
/// who may do what in it.
final class Demo {

    static final String SWITCH = "rolewright.demo";

    private static final String CONTRACT = "rolewright.contract.directory";
    private static final String TARGETS = "rolewright.target.";
    private static final String TARGET = TARGETS + DemoDatabase.NAME + ".";

    private static final Path CONTRACT_OF_THE_CHECKOUT = Path.of("deploy", "contract");

    /// The files of `deploy/contract`, as they travel on the class path.
    static final List<String> CONTRACT_FILES = List.of("orders.yaml", "people.yaml");

    private Demo() {}

    /// Whoever names a target or a contract has something of their own to do, unless they ask for the demo besides.
    static boolean isWanted(SmallRyeConfig config) {
        return config.getOptionalValue(SWITCH, Boolean.class)
                .orElseGet(() -> StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                        .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '.'))
                        .noneMatch(name -> name.startsWith(TARGETS) || name.equals(CONTRACT)));
    }

    /// Makes the demo ready and gives the configuration that leads to it; what the operator configured is left
    /// alone.
    static Map<String, String> prepare(
            SmallRyeConfig config, EmbeddedStore store, DataDirectory directory, boolean checkout) {
        DemoDatabase database = new DemoDatabase(
                store,
                directory.secret("orders.password", EmbeddedStore::newPassword),
                config.getOptionalValue("rolewright.installation", String.class).orElse("rolewright"));
        database.prepare();
        store.admit(database.admissions());

        Map<String, String> configuration = new HashMap<>();
        if (config.getOptionalValue(TARGET + "url", String.class).isEmpty()) {
            configuration.put(TARGET + "url", database.jdbcUrl());
            configuration.put(TARGET + "username", DemoDatabase.CONNECTOR);
            configuration.put(TARGET + "password", database.password().reveal());
        }
        if (config.getOptionalValue(CONTRACT, String.class).isEmpty()) {
            configuration.put(CONTRACT, contract(directory, checkout).toString());
        }
        return configuration;
    }

    /// In a checkout the contract that lies there, so that it can be edited; elsewhere a copy, made once and kept.
    private static Path contract(DataDirectory directory, boolean checkout) {
        if (checkout && Files.isDirectory(CONTRACT_OF_THE_CHECKOUT)) {
            return CONTRACT_OF_THE_CHECKOUT.toAbsolutePath();
        }
        Path copy = directory.resolve("contract");
        try {
            if (!Files.exists(copy)) {
                Path draft = Files.createTempDirectory(directory.path(), "contract");
                for (String name : CONTRACT_FILES) {
                    try (InputStream file = resource("/demo/contract/" + name)) {
                        Files.copy(file, draft.resolve(name));
                    }
                }
                Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
            }
            return copy;
        } catch (IOException e) {
            throw new EmbeddedStoreFailure("the demo's contract cannot be written to " + copy + " (" + e + ")", e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Demo.class.getResourceAsStream(name), name);
    }
}
