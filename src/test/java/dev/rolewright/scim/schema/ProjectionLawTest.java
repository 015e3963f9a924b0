package dev.rolewright.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.GeneratedPeople;
import dev.rolewright.scim.Vocabulary;
import dev.rolewright.scim.schema.Attribute.Returned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProjectionLawTest {

    private static final ResourceType USER = AcmeCatalog.USER;
    private static final List<String> NAMES = names();
    private static final int CASES = 2_000;

    private final Random random = new Random(1);
    private final GeneratedPeople people = new GeneratedPeople(1, USER, Vocabulary.FULL);

    @Test
    void showingWhatIsShownChangesNothing() {
        for (int i = 0; i < CASES; i++) {
            ObjectNode resource = resource();
            Projection projection = Projection.of(USER, some(), some());

            ObjectNode shown = projection.apply(resource);

            assertThat(projection.apply(shown)).isEqualTo(shown);
            assertPart(shown, resource);
        }
    }

    @Test
    void whatIsWantedAndWhatIsLeftOutTogetherAreTheWhole() {
        for (int i = 0; i < CASES; i++) {
            ObjectNode resource = resource();
            ObjectNode whole = Projection.of(USER, null, null).apply(resource);
            Attribute attribute = USER.core()
                    .attributes()
                    .get(random.nextInt(USER.core().attributes().size()));
            String name = attribute.name();

            ObjectNode with = Projection.of(USER, name, null).apply(resource);
            ObjectNode without = Projection.of(USER, null, name).apply(resource);

            assertThat(with.get(name)).isEqualTo(whole.get(name));
            assertThat(without.has(name)).isEqualTo(whole.has(name) && attribute.returned() == Returned.ALWAYS);
            ObjectNode together = without.deepCopy();
            if (with.has(name)) {
                together.set(name, with.get(name));
            }
            assertThat(together).isEqualTo(whole);
        }
    }

    @Test
    void whatIsNotWantedIsNotShown() {
        for (int i = 0; i < CASES; i++) {
            Projection projection = Projection.of(USER, some(), some());

            ObjectNode shown = projection.apply(resource());

            for (String name : NAMES) {
                if (!projection.wants(name)) {
                    assertThat(at(shown, name)).as(name).isEmpty();
                }
            }
        }
    }

    @Test
    void whatNobodyMaySeeIsNeverShown() {
        for (int i = 0; i < CASES; i++) {
            ObjectNode resource = resource();
            resource.put("password", "hunter2");
            resource.withObjectProperty(AcmeCatalog.ACME_URN).put("secret", "hunter2");
            resource.withArrayProperty("nonsense").add("hunter2");

            ObjectNode shown = Projection.of(USER, some(), some()).apply(resource);

            assertThat(shown.toString()).doesNotContain("hunter2");
            assertThat(shown.get("id")).isEqualTo(resource.get("id"));
            assertThat(shown.get("schemas")).isEqualTo(resource.get("schemas"));
        }
    }

    private ObjectNode resource() {
        return people.resource();
    }

    private String some() {
        List<String> some = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            some.add(NAMES.get(random.nextInt(NAMES.size())));
        }
        return String.join(",", some);
    }

    private static List<JsonNode> at(ObjectNode shown, String name) {
        AttributeNames.Target target = AttributeNames.target(USER, name).orElseThrow();
        boolean core = target.schema().id().equals(USER.core().id());
        JsonNode holder = core ? shown : shown.path(target.schema().id());
        if (target.attribute() == null) {
            return core || holder.isMissingNode() ? List.of() : List.of(holder);
        }
        JsonNode value = holder.path(target.attribute().name());
        if (target.sub() != null) {
            return value.findValues(target.sub().name());
        }
        return value.isMissingNode() ? List.of() : List.of(value);
    }

    private static void assertPart(JsonNode part, JsonNode whole) {
        for (Map.Entry<String, JsonNode> field : part.properties()) {
            JsonNode original = whole.get(field.getKey());
            assertThat(original).as(field.getKey()).isNotNull();
            if (field.getValue().isObject()) {
                assertPart(field.getValue(), original);
            } else if (!field.getValue().isArray()) {
                assertThat(field.getValue()).isEqualTo(original);
            }
        }
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(USER.core().id());
        collect("", USER.core().attributes(), names);
        for (ResourceType.Extension extension : USER.extensions()) {
            names.add(extension.schema().id());
            collect(extension.schema().id() + ":", extension.schema().attributes(), names);
        }
        return names;
    }

    private static void collect(String prefix, List<Attribute> attributes, List<String> names) {
        for (Attribute attribute : attributes) {
            names.add(prefix + attribute.name());
            attribute.subAttributes().forEach(sub -> names.add(prefix + attribute.name() + "." + sub.name()));
        }
    }
}
