package dev.rolewright.ops;

import dev.rolewright.credential.BearerToken;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/// What is done before the application boots, and handed to it as system properties.
///
/// Live reload runs this again in the same JVM; what was prepared once stays.
final class Preparation {

    /// Says where the data of the embedded store lies; absent when a database server is configured.
    static final String EMBEDDED_STORE = "rolewright.embedded-store";

    /// Says where the demo is; absent without one.
    static final String DEMO_DATABASE = "rolewright.demo-database";

    /// Which keys were given a value here, that no operator chose.
    private static final String GIVEN = "rolewright.given";

    private static final String DATA_DIR = "rolewright.data-dir";

    /// Ours that are read here, or told from here, and not by a mapping.
    static final Set<String> KEYS = Set.of(DATA_DIR, Demo.SWITCH, EMBEDDED_STORE, DEMO_DATABASE, GIVEN);

    private static final String JSON_LOG = "quarkus.log.console.json.enabled";
    private static final int PACKAGED_CONFIGURATION = 250;
    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";

    private Preparation() {}

    static void prepare() {
        if (System.getProperty(EMBEDDED_STORE) != null) {
            return;
        }
        boolean development = isLiveCoding();
        if (development) {
            LaunchMode.set(LaunchMode.DEVELOPMENT); // the profile of the configuration follows it
        }
        SmallRyeConfig config = ConfigUtils.configBuilder().build();
        if (isMissing(config, JDBC_URL)) {
            DataDirectory directory = directory(config, development);
            EmbeddedStore store = openEmbeddedStore(directory);
            if (Demo.isWanted(config)) {
                Demo.prepare(config, store, directory, development).forEach(Preparation::give);
                System.setProperty(DEMO_DATABASE, store.jdbcUrl(DemoDatabase.NAME));
            }
            logForPeople(config);
        }
        if (development) {
            makeToken(config, "rolewright.scim.token", directory(config, true), "scim.token");
            makeToken(config, "rolewright.admin.token", directory(config, true), "admin.token");
        }
    }

    /// Whether the store is to be migrated, and nothing else to be done.
    static boolean isAllThereIsToDo() {
        return ConfigUtils.configBuilder()
                .build()
                .getOptionalValue("quarkus.init-and-exit", Boolean.class)
                .orElse(false);
    }

    private static EmbeddedStore openEmbeddedStore(DataDirectory directory) {
        EmbeddedStore store = EmbeddedStore.open(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(store::close, "embedded-store"));
        give(JDBC_URL, store.jdbcUrl());
        give("quarkus.datasource.username", store.user());
        give("quarkus.datasource.password", store.password().reveal());
        System.setProperty(EMBEDDED_STORE, directory.path().toString());
        return store;
    }

    /// Whoever tries Rolewright out reads its log; machines read that of an installation, unless
    /// the operator chose.
    private static void logForPeople(SmallRyeConfig config) {
        if (config.getConfigValue(JSON_LOG).getConfigSourceOrdinal() <= PACKAGED_CONFIGURATION) {
            System.setProperty(JSON_LOG, "false");
        }
    }

    private static void makeToken(Config config, String key, DataDirectory directory, String file) {
        if (isMissing(config, key)) {
            give(
                    key,
                    directory
                            .secret(file, () -> BearerToken.mint(new SecureRandom()))
                            .reveal());
        }
    }

    /// The keys that hold what was prepared.
    static Set<String> given() {
        return Set.copyOf(List.of(System.getProperty(GIVEN, "").split(",")));
    }

    private static void give(String key, String value) {
        System.setProperty(key, value);
        System.setProperty(GIVEN, System.getProperty(GIVEN, "") + "," + key);
    }

    /// Development keeps its own data, so that it can be thrown away without a thought.
    private static DataDirectory directory(Config config, boolean development) {
        return DataDirectory.at(config.getOptionalValue(DATA_DIR, Path.class)
                .orElseGet(
                        () -> Path.of(System.getProperty("user.home"), ".rolewright", development ? "dev" : "store")));
    }

    /// The application learns its launch mode only when it boots; before that, the loader that can reload tells.
    private static boolean isLiveCoding() {
        return Preparation.class.getClassLoader().getClass().getSimpleName().equals("QuarkusClassLoader");
    }

    private static boolean isMissing(Config config, String key) {
        return config.getOptionalValue(key, String.class).isEmpty();
    }
}
