package dev.rolewright.ops;

import dev.rolewright.model.Danger;
import dev.rolewright.model.Suggestion;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertyName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/// Tells of settings that look like ours and are nobody's: whoever wrote one believes that it holds.
///
/// The platform refuses to start with an unknown key in a file, but lets one pass that comes from the environment, or
/// whose first words are misspelt. In the environment there can be variables that others put there, so that they are
/// told of and do not keep the start.
@ApplicationScoped
class MisspeltSettings implements Danger.Witness {

    private static final String OURS = "rolewright.";

    /// What Kubernetes tells every container about a service that is called `rolewright`, or `rolewright-…`.
    private static final Predicate<String> SERVICE_LINK = Pattern.compile("ROLEWRIGHT_(.+_)?"
                    + "(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)")
            .asMatchPredicate();

    private final Config config;
    private final Set<String> known;

    @Inject
    MisspeltSettings(Config config, BeanManager beans) {
        this(config, keysOf(beans));
    }

    /// @param known the keys, each with `*` for what an operator chooses
    MisspeltSettings(Config config, Set<String> known) {
        this.config = config;
        this.known = known;
    }

    Set<String> known() {
        return known;
    }

    @Override
    public List<Danger> dangers() {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(OURS))
                .filter(name -> known.stream().noneMatch(key -> PropertyName.equals(name, key)))
                .map(this::danger)
                .flatMap(Optional::stream)
                .sorted((one, other) -> one.meaning().compareTo(other.meaning()))
                .toList();
    }

    private Optional<Danger> danger(String name) {
        String source = config.getConfigValue(name).getSourceName();
        boolean variable = source != null && source.startsWith(EnvConfigSource.NAME);
        UnaryOperator<String> spelling = variable ? MisspeltSettings::variable : UnaryOperator.identity();
        String written = spelling.apply(name);
        // A variable does not tell a dot from a dash, and of a key without a mapping nobody else does.
        boolean read = known.stream().map(MisspeltSettings::variable).anyMatch(written::equals);
        if (variable && (read || SERVICE_LINK.test(written))) {
            return Optional.empty();
        }
        List<String> possible =
                known.stream().map(key -> spelling.apply(alike(key, name))).toList();
        return Optional.of(new Danger(
                "Nothing reads the setting " + written + ", so what it says does not hold.",
                Suggestion.nearest(written, possible)
                        .map(key -> "Did you mean " + key + "?")
                        .orElse("The settings that there are stand in src/docs/reference/configuration.md.")));
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /// The key with what the operator chose, where the name has it.
    private static String alike(String key, String name) {
        String[] chosen = name.split("\\.");
        String[] words = key.split("\\.");
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals("*") && i < chosen.length) {
                words[i] = chosen[i];
            }
        }
        return String.join(".", words);
    }

    /// The keys of all mappings; each is a bean, because somebody reads it.
    private static Set<String> keysOf(BeanManager beans) {
        return Stream.concat(
                        Preparation.KEYS.stream(),
                        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                                .flatMap(bean -> bean.getTypes().stream())
                                .filter(type ->
                                        type instanceof Class<?> it && it.isAnnotationPresent(ConfigMapping.class))
                                .distinct()
                                .map(type -> ConfigMappings.getProperties(ConfigClass.configClass((Class<?>) type)))
                                .flatMap(properties -> properties.keySet().stream())
                                .filter(key -> key.startsWith(OURS)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
