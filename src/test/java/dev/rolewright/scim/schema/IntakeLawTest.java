package dev.rolewright.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.GeneratedPeople;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.Vocabulary;
import dev.rolewright.scim.schema.Attribute.Mutability;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntakeLawTest {

    private static final ResourceType USER = AcmeCatalog.USER;
    private static final int BODIES = 2_000;

    @Test
    void aCanonicalDocumentStaysAsItIs() {
        GeneratedPeople people = new GeneratedPeople(1, USER, Vocabulary.FULL);
        for (int i = 0; i < BODIES; i++) {
            ObjectNode document = Intake.create(USER, named(people.body()));

            assertThat(Intake.create(USER, named(document))).isEqualTo(document);
            assertThat(Intake.check(USER, document)).isEqualTo(document);
            assertThat(Intake.check(USER, document, document)).isEqualTo(document);
            assertThat(Intake.replace(USER, named(document), document)).isEqualTo(document);
            assertCanonical(USER.core().attributes(), document);
        }
    }

    @Test
    void whatIsSaidInOtherWordsIsTheSame() {
        GeneratedPeople people = new GeneratedPeople(2, USER, Vocabulary.FULL);
        MessyBodies messy = new MessyBodies(2, USER);
        for (int i = 0; i < BODIES; i++) {
            ObjectNode body = people.body();

            ObjectNode other = messy.sameInOtherWords(body);

            assertThat(Intake.create(USER, other)).isEqualTo(Intake.create(USER, named(body)));
        }
    }

    @Test
    void aBrokenBodyIsRefusedWithoutItsValuesOrTakenInWhole() {
        GeneratedPeople people = new GeneratedPeople(3, USER, Vocabulary.FULL);
        MessyBodies messy = new MessyBodies(3, USER);
        int refused = 0;
        for (int i = 0; i < 5 * BODIES; i++) {
            ObjectNode before = Intake.create(USER, named(people.body()));
            ObjectNode body = messy.broken(named(before), "hunter2");
            try {
                ObjectNode document = Intake.create(USER, body);

                assertThat(Intake.create(USER, named(document))).isEqualTo(document);
                assertCanonical(USER.core().attributes(), document);
            } catch (ScimProblem problem) {
                refused++;
                assertThat(problem.status()).isEqualTo(400);
                assertThat(problem.type()).isIn(ScimProblem.Type.invalidValue, ScimProblem.Type.invalidSyntax);
                assertThat(problem.detail()).doesNotContain("hunter2").contains(": ");
            }
            assertChecked(before, messy.broken(before, "hunter2"));
        }
        assertThat(refused).isBetween(BODIES, 5 * BODIES - 100);
    }

    @Test
    void theFoldedCopyHoldsOnlyWhatTheSchemasNameAndStaysFolded() {
        GeneratedPeople people = new GeneratedPeople(4, USER, Vocabulary.FULL);
        for (int i = 0; i < BODIES; i++) {
            ObjectNode document = people.resource();
            ObjectNode withNoise = document.deepCopy().put("nonsense", 1);
            withNoise.putObject("urn:example:gone").put("a", 1);
            withNoise.putArray("roles").addObject().put("value", "DBA").put("nonsense", 1);

            ObjectNode search = Folding.search(USER, withNoise);

            assertThat(Folding.search(USER, search)).isEqualTo(search);
            assertThat(search.has("nonsense") || search.has("urn:example:gone")).isFalse();
            assertThat(search.get("roles").toString()).isEqualTo("[{\"value\":\"dba\"}]");
            document.remove("roles");
            search.remove("roles");
            assertSameShape(document, search);
        }
    }

    private static void assertChecked(ObjectNode before, ObjectNode after) {
        try {
            ObjectNode checked = Intake.check(USER, after, before);

            assertThat(Intake.check(USER, checked, before)).isEqualTo(checked);
            assertThat(Intake.check(USER, checked)).isEqualTo(checked);
        } catch (ScimProblem problem) {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.detail()).doesNotContain("hunter2");
        }
    }

    private static void assertCanonical(List<Attribute> attributes, ObjectNode values) {
        for (Map.Entry<String, JsonNode> field : values.properties()) {
            JsonNode value = field.getValue();
            assertThat(value.isNull()).isFalse();
            assertThat(value.isContainerNode() && value.isEmpty()).isFalse();
            var extension = USER.extension(field.getKey());
            if (extension.isPresent()) {
                assertThat(field.getKey()).isEqualTo(extension.get().schema().id());
                assertCanonical(extension.get().schema().attributes(), (ObjectNode) value);
                continue;
            }
            Attribute attribute = Attribute.named(attributes, field.getKey()).orElseThrow();
            assertThat(field.getKey()).isEqualTo(attribute.name()).isNotEqualTo("schemas");
            assertThat(attribute.mutability()).isIn(Mutability.READ_WRITE, Mutability.IMMUTABLE);
            assertThat(value.isArray()).isEqualTo(attribute.multiValued());
            for (JsonNode element : value.isArray() ? value : List.of(value)) {
                if (element instanceof ObjectNode object) {
                    assertCanonical(attribute.subAttributes(), object);
                }
            }
        }
    }

    private static void assertSameShape(JsonNode one, JsonNode other) {
        assertThat(other.getNodeType()).isEqualTo(one.getNodeType());
        assertThat(other.size()).isEqualTo(one.size());
        for (Map.Entry<String, JsonNode> field : one.properties()) {
            if (!other.has(field.getKey())) {
                fail(field.getKey() + " is lost");
            }
            assertSameShape(field.getValue(), other.get(field.getKey()));
        }
        if (one.isArray()) {
            for (int i = 0; i < one.size(); i++) {
                assertSameShape(one.get(i), other.get(i));
            }
        }
    }

    private static ObjectNode named(ObjectNode document) {
        ObjectNode body = document.deepCopy();
        body.putArray("schemas").add(USER.core().id());
        return body;
    }
}
