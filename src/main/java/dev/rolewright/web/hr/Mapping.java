package dev.rolewright.web.hr;

import static dev.rolewright.web.hr.EventBody.AT;
import static dev.rolewright.web.hr.EventBody.FIRST_DAY;
import static dev.rolewright.web.hr.EventBody.LAST_DAY;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.web.hr.MappingsConfig.KindConfig;
import dev.rolewright.web.hr.MappingsConfig.MappingConfig;
import dev.rolewright.web.hr.MappingsConfig.PersonConfig;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How what a sender says in its own form is read: where in it the members of our form are.
///
/// What cannot be read is told by the place where it should be, and never by what is there.
final class Mapping {

    /// Where a member of ours comes from.
    private record Origin(String member, JsonPointer from) {}

    /// @param when the day or the moment
    private record Kind(String name, Origin when) {}

    private final Optional<JsonPointer> rows;
    private final Optional<JsonPointer> id;
    private final Origin person;
    private final JsonPointer kind;
    private final Map<String, Optional<Kind>> kinds = new HashMap<>();
    private final Optional<JsonPointer> timeZone;
    private final DateTimeFormatter days;

    /// @param setting the beginning of its keys
    /// @throws IllegalArgumentException when it cannot be meant so
    Mapping(String setting, MappingConfig config) {
        rows = config.rows();
        id = config.id();
        kind = config.kind();
        timeZone = config.timeZone();
        days = days(setting, config.dayFormat());
        person = only(setting + ".person", people(config.person()));
        config.leaver().ifPresent(it -> add(setting, "leaver", it, Map.of(LAST_DAY, it.lastDay())));
        config.rehire().ifPresent(it -> add(setting, "rehire", it, Map.of(FIRST_DAY, it.firstDay())));
        config.leave().ifPresent(it -> add(setting, "leave", it, Map.of(FIRST_DAY, it.firstDay())));
        config.back()
                .ifPresent(it -> add(setting, "return", it, Map.of(FIRST_DAY, it.firstDay(), LAST_DAY, it.lastDay())));
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException(setting + " has none of .leaver, .rehire, .leave and .return");
        }
        config.ignore().orElse(List.of()).forEach(value -> meaning(setting + ".ignore", value, Optional.empty()));
    }

    /// Where the array is whose elements are the rows, when there is one.
    Optional<JsonPointer> rows() {
        return rows;
    }

    /// The only row of a body.
    ObjectNode only(ObjectNode body) {
        if (rows.isEmpty()) {
            return body;
        }
        JsonNode array = body.at(rows.get());
        if (!array.isArray()) {
            throw HrProblem.invalid("There is no array at " + rows.get() + ".");
        }
        if (array.size() != 1 || !(array.get(0) instanceof ObjectNode row)) {
            throw HrProblem.invalid("The array at " + rows.get()
                    + " must have one element, an object; a body with any number of them goes to /hr/v1/feeds.");
        }
        return row;
    }

    /// The same in our form; empty when it says nothing that is for us.
    Optional<ObjectNode> read(ObjectNode row) {
        Optional<Kind> meant = kinds.get(text(row, kind));
        if (meant == null) {
            throw HrProblem.invalid(
                    "What is at " + kind + " is none of the values that the mapping of this sender knows.");
        }
        return meant.map(known -> event(row, known));
    }

    /// Where everything comes from, for whoever is told that something is wrong about it.
    String places() {
        List<String> places = new ArrayList<>();
        id.ifPresent(from -> places.add("id from " + from));
        places.add(person.member() + " from " + person.from());
        places.add("kind from " + kind);
        kinds.values().stream()
                .flatMap(Optional::stream)
                .map(known -> known.name() + "." + known.when().member() + " from "
                        + known.when().from())
                .distinct()
                .sorted()
                .forEach(places::add);
        timeZone.ifPresent(from -> places.add("timeZone from " + from));
        return "The mapping takes " + String.join(", ", places) + ".";
    }

    private ObjectNode event(ObjectNode row, Kind known) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("kind", known.name());
        id.ifPresent(from -> event.put("id", text(row, from)));
        event.putObject("person").put(person.member(), text(row, person.from()));
        boolean moment = known.when().member().equals(AT);
        String when = text(row, known.when().from());
        event.put(known.when().member(), moment ? when : day(when, known.when().from()));
        if (!moment) {
            timeZone.filter(from -> !isNothing(row.at(from))).ifPresent(from -> event.put("timeZone", text(row, from)));
        }
        return event;
    }

    private String day(String text, JsonPointer from) {
        try {
            return LocalDate.parse(text, days).toString();
        } catch (DateTimeException e) {
            throw HrProblem.invalid("What is at " + from + " is not a day in the form that mapping.day-format says.");
        }
    }

    private static String text(ObjectNode row, JsonPointer from) {
        JsonNode value = row.at(from);
        if (isNothing(value)) {
            throw HrProblem.invalid("There is nothing at " + from + ".");
        }
        if (!value.isTextual() && !value.isIntegralNumber() && !value.isBoolean()) {
            throw HrProblem.invalid("What is at " + from + " must be a text or a whole number.");
        }
        return value.asText().strip();
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode()
                || (value.isValueNode() && (value.isNull() || value.asText().isBlank()));
    }

    private void add(String mapping, String name, KindConfig config, Map<String, Optional<JsonPointer>> days) {
        String setting = mapping + "." + name;
        Map<String, Optional<JsonPointer>> times = new HashMap<>(days);
        times.put(AT, config.at());
        Origin when = only(setting, origins(times));
        config.is().forEach(value -> meaning(setting + ".is", value, Optional.of(new Kind(name, when))));
    }

    private void meaning(String setting, String value, Optional<Kind> meant) {
        if (kinds.putIfAbsent(value.strip(), meant) != null) {
            throw new IllegalArgumentException(setting + " names a value that means something else already");
        }
    }

    private static List<Origin> people(PersonConfig config) {
        return origins(Map.of(
                "employeeNumber", config.employeeNumber(),
                "email", config.email(),
                "userName", config.userName(),
                "externalId", config.externalId(),
                "id", config.id()));
    }

    private static List<Origin> origins(Map<String, Optional<JsonPointer>> members) {
        return members.entrySet().stream()
                .flatMap(member -> member.getValue().stream().map(from -> new Origin(member.getKey(), from)))
                .toList();
    }

    private static Origin only(String setting, List<Origin> origins) {
        if (origins.size() != 1) {
            throw new IllegalArgumentException(setting + " needs exactly one place of a value");
        }
        return origins.getFirst();
    }

    private static DateTimeFormatter days(String setting, String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ".day-format is no pattern of a day, such as uuuu-MM-dd", e);
        }
    }
}
