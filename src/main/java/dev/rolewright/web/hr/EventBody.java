package dev.rolewright.web.hr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.offboarding.DerivedName;
import dev.rolewright.offboarding.Fact;
import dev.rolewright.offboarding.Fact.Kind;
import dev.rolewright.offboarding.Statement;
import dev.rolewright.offboarding.When;
import dev.rolewright.web.StrictJson;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRulesException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One event in our own form.
///
/// @param object with no other members than those that mean something
record EventBody(ObjectNode object) {

    static final Map<String, Kind> KINDS =
            Map.of("leaver", Kind.LEAVER, "rehire", Kind.REHIRE, "leave", Kind.LEAVE_BEGINS, "return", Kind.LEAVE_ENDS);

    static final Map<String, Key> KEYS = Map.of(
            "id", Key.ID,
            "employeeNumber", Key.EMPLOYEE_NUMBER,
            "email", Key.EMAIL,
            "userName", Key.USER_NAME,
            "externalId", Key.EXTERNAL_ID);

    private static final String ID = "id";
    static final String AT = "at";
    static final String FIRST_DAY = "firstDay";
    static final String LAST_DAY = "lastDay";
    private static final String TIME_ZONE = "timeZone";
    private static final List<String> TIMES = List.of(AT, FIRST_DAY, LAST_DAY);
    static final List<String> MEMBERS = Stream.concat(Stream.of(ID, "kind", "person", TIME_ZONE), TIMES.stream())
            .toList();

    /// It becomes part of an address and of the audit trail.
    private static final Pattern SOUND_ID = Pattern.compile("[A-Za-z0-9._:@/+=-]{1,200}");

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 9_999;

    /// Reads an event by itself; empty when it says nothing that is for us.
    ///
    /// @param mapping how the sender's own form is read; without one it speaks ours, and gives each event an id
    static Optional<Statement> read(String sender, byte[] bytes, Optional<Mapping> mapping) {
        ObjectNode object;
        try {
            object = StrictJson.object(bytes);
        } catch (StrictJson.Unsound unsound) {
            throw HrProblem.invalid(unsound.sentence());
        }
        if (mapping.isEmpty()) {
            new EventBody(object).required(ID);
        }
        return read(sender, mapping.map(known -> known.only(object)).orElse(object), mapping);
    }

    /// Reads an event among others, with or without an id; empty when it says nothing that is for us.
    static Optional<Statement> read(String sender, ObjectNode row, Optional<Mapping> mapping) {
        if (mapping.isEmpty()) {
            return Optional.of(new EventBody(row).statement(sender));
        }
        Optional<ObjectNode> ours = mapping.get().read(row);
        try {
            return ours.map(object -> new EventBody(object).statement(sender));
        } catch (HrProblem problem) {
            throw HrProblem.invalid(problem.sentence() + " " + mapping.get().places());
        }
    }

    static boolean isId(String text) {
        return SOUND_ID.matcher(text).matches();
    }

    static Kind kind(String name) {
        return Optional.ofNullable(KINDS.get(name))
                .orElseThrow(() -> HrProblem.invalid("kind must be leaver, rehire, leave or return."));
    }

    private Statement statement(String sender) {
        only(object, "The event", MEMBERS);
        Kind kind = kind(required("kind"));
        Identity person = person();
        When when = when(kind);
        String id = object.has(ID) ? required(ID) : DerivedName.of(person, kind, when);
        if (!isId(id)) {
            throw HrProblem.invalid("id must be 1 to 200 letters, digits and signs of . _ : @ / + = -.");
        }
        return new Statement(person, new Fact(sender, id, kind, when));
    }

    private Identity person() {
        if (!(object.path("person") instanceof ObjectNode person)) {
            throw HrProblem.invalid("The event needs the member person, an object that names the person.");
        }
        only(person, "person", KEYS.keySet().stream().sorted().toList());
        if (person.size() != 1) {
            throw HrProblem.invalid("person must have exactly one member.");
        }
        String name = person.fieldNames().next();
        Key key = Objects.requireNonNull(KEYS.get(name), "a name that is known");
        try {
            return Identity.of(key, text(person, "person." + name, name));
        } catch (IllegalArgumentException nobody) {
            throw HrProblem.invalid("person." + name + " is nothing that a person can be called.");
        }
    }

    private When when(Kind kind) {
        List<String> said = TIMES.stream().filter(object::has).toList();
        List<String> known = times(kind);
        if (said.size() != 1 || !known.contains(said.getFirst())) {
            throw HrProblem.invalid("This kind of event takes exactly one of " + String.join(" and ", known) + ".");
        }
        if (said.getFirst().equals(AT)) {
            if (object.has(TIME_ZONE)) {
                throw HrProblem.invalid("timeZone is for days; at names a moment, with its offset.");
            }
            return at(required(AT));
        }
        Optional<ZoneId> zone = object.has(TIME_ZONE) ? Optional.of(zone(required(TIME_ZONE))) : Optional.empty();
        LocalDate day = day(said.getFirst());
        return said.getFirst().equals(FIRST_DAY) ? new When.FirstDay(day, zone) : new When.LastDay(day, zone);
    }

    /// A leaver's day is the last one, whoever comes back names the first: the other way round could only be
    /// guessed at.
    static List<String> times(Kind kind) {
        return switch (kind) {
            case LEAVER -> List.of(LAST_DAY, AT);
            case REHIRE, LEAVE_BEGINS -> List.of(FIRST_DAY, AT);
            case LEAVE_ENDS -> List.of(FIRST_DAY, LAST_DAY, AT);
        };
    }

    private static When at(String text) {
        try {
            OffsetDateTime moment = OffsetDateTime.parse(text);
            if (isSound(moment.getYear())) {
                return new When.At(moment.toInstant());
            }
        } catch (DateTimeException e) {
            // answered below, together with years that nobody means
        }
        throw HrProblem.invalid("at must be a date and time with an offset, such as 2026-11-21T17:00:00+01:00.");
    }

    private LocalDate day(String member) {
        try {
            LocalDate day = LocalDate.parse(required(member));
            if (isSound(day.getYear())) {
                return day;
            }
        } catch (DateTimeException e) {
            // answered below, together with years that nobody means
        }
        throw HrProblem.invalid(member + " must be a day, such as 2026-11-30.");
    }

    private static boolean isSound(int year) {
        return FIRST_YEAR <= year && year < LAST_YEAR;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (ZoneRulesException unknown) {
            throw HrProblem.invalid("timeZone is not known here.");
        } catch (DateTimeException broken) {
            throw HrProblem.invalid("timeZone must be the name of a time zone, such as Europe/Berlin.");
        }
    }

    private String required(String name) {
        return text(object, name, name);
    }

    private static String text(ObjectNode object, String label, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            throw HrProblem.invalid("The event needs the member " + label + ".");
        }
        if (!value.isTextual()) {
            throw HrProblem.invalid("The member " + label + " must be a string.");
        }
        return value.textValue();
    }

    private static void only(ObjectNode object, String what, List<String> members) {
        object.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name)) {
                throw HrProblem.invalid(what + " may have these members only: " + String.join(", ", members) + ".");
            }
        });
    }
}
