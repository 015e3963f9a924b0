package dev.rolewright.plan;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Sha256;
import dev.rolewright.model.TargetName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A plan as JSON and back, so that it can be kept, held, shown and approved.
///
/// A choice names its kind in `"is"`: `{"is": "Join", "account": …}`. What is read back checks itself like
/// everything else.
public final class PlanJson {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    private interface Choice {}

    private static final JsonMapper MAPPER = mapper();
    private static final int AFTER_STEPS = "]}".length();

    /// How many lines are written at once, where all of a plan's text would be too much.
    public static final int PIECE = 1_000;

    private PlanJson() {}

    public static String text(Plan plan) {
        return new String(bytes(plan), StandardCharsets.UTF_8);
    }

    /// Some lines of a plan, as an array.
    public static String text(List<Line> lines) {
        return new String(bytes(lines.toArray(Line[]::new)), StandardCharsets.UTF_8);
    }

    /// Lines a thousand at a time, none of them copied.
    public static List<List<Line>> pieces(List<Line> lines) {
        return IntStream.iterate(0, from -> from < lines.size(), from -> from + PIECE)
                .mapToObj(from -> lines.subList(from, Math.min(lines.size(), from + PIECE)))
                .toList();
    }

    /// @throws IllegalArgumentException when it is no plan
    public static Plan read(String json) {
        return read("plan", json, Plan.class);
    }

    /// @throws IllegalArgumentException when these are no lines of a plan
    public static List<Line> readLines(String json) {
        return List.of(read("part of a plan", json, Line[].class));
    }

    public static ObjectNode write(Step step) {
        return MAPPER.<ObjectNode>valueToTree(new Steps(List.of(step)))
                .path("steps")
                .path(0)
                .deepCopy();
    }

    /// @throws IllegalArgumentException when it is no step
    public static Step readStep(String json) {
        return read("step", json, Step.class);
    }

    private static <T> T read(String what, String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("This is no " + what + ": " + broken.getOriginalMessage(), broken);
        }
    }

    /// What an approval signs: the steps, in their order, and the server they are for. Reasons and notes may be
    /// told in other words without voiding it.
    ///
    /// Some steps after the other are written for it: a plan may be about everybody.
    public static String digest(Plan plan, Server server) {
        byte[] around = bytes(new Signed(plan.target(), server.identity(), List.of()));
        int inside = around.length - AFTER_STEPS;
        List<List<Line>> pieces = pieces(plan.lines());
        Stream<byte[]> steps =
                IntStream.range(0, pieces.size()).mapToObj(place -> signed(pieces.get(place), place == 0));
        return HexFormat.of()
                .formatHex(Sha256.of(Stream.of(
                                Stream.of(Arrays.copyOf(around, inside)),
                                steps,
                                Stream.of(Arrays.copyOfRange(around, inside, around.length)))
                        .flatMap(parts -> parts)));
    }

    /// Steps without the brackets around them, and with a comma before those that are not the first.
    private static byte[] signed(List<Line> lines, boolean first) {
        byte[] array = bytes(lines.stream().map(Line::step).toArray(Step[]::new));
        array[0] = ',';
        return Arrays.copyOfRange(array, first ? 1 : 0, array.length - 1);
    }

    private record Signed(TargetName target, String server, List<Step> steps) {}

    private record Steps(List<Step> steps) {}

    private static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A plan can always be written.", impossible);
        }
    }

    private static JsonMapper mapper() {
        SimpleModule words = new SimpleModule();
        word(words, LoginName.class, LoginName::new);
        word(words, RoleName.class, RoleName::new);
        word(words, TargetName.class, TargetName::new);
        word(words, PrivilegeName.class, PrivilegeName::new);
        word(words, PersonId.class, text -> new PersonId(UUID.fromString(text)));
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModules(words, new Jdk8Module(), new JavaTimeModule())
                .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
        Stream.of(Step.class, Reason.class, Item.class, Extra.class, Grantor.class, ObjectRef.class)
                .forEach(choice -> register(builder, choice));
        return builder.build();
    }

    private static <T> void word(SimpleModule words, Class<T> type, Function<String, T> read) {
        words.addSerializer(type, ToStringSerializer.instance);
        words.addDeserializer(type, new StdScalarDeserializer<T>(type) {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return read.apply(parser.getText());
            }
        });
    }

    private static void register(JsonMapper.Builder builder, Class<?> type) {
        if (type.isSealed()) {
            builder.addMixIn(type, Choice.class);
            for (Class<?> kind : type.getPermittedSubclasses()) {
                register(builder, kind);
            }
        } else {
            builder.registerSubtypes(new NamedType(type, type.getSimpleName()));
        }
    }
}
