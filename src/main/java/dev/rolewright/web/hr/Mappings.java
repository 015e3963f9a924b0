package dev.rolewright.web.hr;

import dev.rolewright.web.auth.SendersConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/// Which senders speak in a form of their own, from the configuration. One that cannot be meant so stops the start.
@Startup
@ApplicationScoped
class Mappings {

    private static final Map<String, String> DAYS =
            Map.of(EventBody.FIRST_DAY, "first-day", EventBody.LAST_DAY, "last-day");

    private final Map<String, Mapping> mappings = new HashMap<>();

    Mappings(MappingsConfig forms, SendersConfig senders, Config config) {
        forms.byName()
                .forEach((name, form) -> form.mapping().ifPresent(mapping -> {
                    String setting = "rolewright.hr.sender." + name + ".mapping";
                    if (!senders.byName().containsKey(name)) {
                        throw new IllegalArgumentException(setting + " is of an HR system that has no token");
                    }
                    checkDays(setting, config);
                    mappings.put(name, new Mapping(setting, mapping));
                }));
    }

    Optional<Mapping> of(String sender) {
        return Optional.ofNullable(mappings.get(sender));
    }

    /// A key that nothing reads stops the start by itself, but for one in the environment. Of these keys it would
    /// seem to be one.
    private static void checkDays(String setting, Config config) {
        EventBody.KINDS.forEach((name, kind) -> DAYS.forEach((day, key) -> {
            String stray = setting + "." + name + "." + key;
            List<String> times = EventBody.times(kind);
            if (!times.contains(day) && config.getConfigValue(stray).getValue() != null) {
                throw new IllegalArgumentException(stray + " does not exist; there is "
                        + times.stream()
                                .map(time -> DAYS.getOrDefault(time, time))
                                .collect(Collectors.joining(" and ")));
            }
        }));
    }
}
