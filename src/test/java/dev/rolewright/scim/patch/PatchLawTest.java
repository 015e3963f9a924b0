package dev.rolewright.scim.patch;

import static dev.rolewright.scim.patch.PatchCases.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.Vocabulary;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.filter.PatchPath;
import dev.rolewright.scim.filter.Resolver;
import dev.rolewright.scim.schema.AcmeCatalog;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatchLawTest {

    private static final ResourceType USER = AcmeCatalog.USER;
    private static final long SEED = 20261121;
    private static final int CASES = 3_000;

    private final GeneratedPatches patches = new GeneratedPatches(SEED, USER, Vocabulary.FULL);

    @Test
    void theResultIsCanonicalAndTheInputUntouched() {
        int applied = 0;
        for (int i = 0; i < CASES; i++) {
            ObjectNode document = patches.document();
            ObjectNode before = document.deepCopy();
            ObjectNode operation = patches.operation(document);
            ObjectNode sent = operation.deepCopy();

            Optional<ObjectNode> result = apply(document, operation);

            assertThat(document).as("%s", operation).isEqualTo(before);
            assertThat(operation).isEqualTo(sent);
            if (result.isPresent()) {
                assertThat(Intake.check(USER, result.get())).as("%s", operation).isEqualTo(result.get());
                applied++;
            }
        }
        assertThat(applied).as("operations that fit").isBetween(CASES / 2, CASES);
    }

    @Test
    void doingAnOperationTwiceIsDoingItOnce() {
        int changed = 0;
        for (int i = 0; i < CASES; i++) {
            ObjectNode document = patches.document();
            ObjectNode operation = patches.operation(document);
            Optional<ObjectNode> once = apply(document, operation);
            if (once.isEmpty() || movesWhatItSelects(operation)) {
                continue;
            }

            Optional<ObjectNode> twice = apply(once.get(), operation);

            assertThat(twice).as("%s on %s", operation, document).isEqualTo(once);
            changed += once.get().equals(document) ? 0 : 1;
        }
        assertThat(changed).as("operations that changed something").isGreaterThan(CASES / 4);
    }

    @Test
    void removingWhatWasAddedGivesTheDocumentBack() {
        int checked = 0;
        for (int i = 0; i < CASES; i++) {
            ObjectNode document = patches.document();
            ObjectNode add = patches.operation(document);
            if (!add.path("op").asText().equals("add") || !add.has("path")) {
                continue;
            }
            ObjectNode remove = JsonCopies.with(add, "op", "remove");
            PatchPath path = FilterParser.parsePatchPath(add.path("path").asText(), LIMITS.paths());
            boolean many = Resolver.resolve(USER, path.attribute())
                    .orElseThrow()
                    .attribute()
                    .multiValued();
            ObjectNode without = many
                    ? document
                    : apply(document, JsonCopies.without(remove, "value")).orElseThrow();
            if (many
                    && (path.selector() != null
                            || overlaps(document, add)
                            || apply(document, remove).isEmpty())) {
                continue;
            }

            Optional<ObjectNode> there = apply(without, add);
            Optional<ObjectNode> back = there.flatMap(added -> apply(added, remove));

            assertThat(back).as("%s on %s", add, without).contains(without);
            checked++;
        }
        assertThat(checked).as("additions").isGreaterThan(CASES / 12);
    }

    @Test
    void oneByOneIsAllAtOnce() {
        int checked = 0;
        for (int i = 0; i < CASES / 3; i++) {
            ObjectNode document = patches.document();
            List<PatchOp> all = new ArrayList<>();
            Optional<ObjectNode> current = Optional.of(document);
            for (int j = 0; j < 4; j++) {
                ObjectNode operation = patches.operation(document);
                Optional<ObjectNode> next = apply(current.get(), operation);
                if (next.isPresent()) {
                    all.add(PatchParser.operation(operation, "Operations[0]", LIMITS));
                    current = next;
                }
            }

            assertThat(Patcher.apply(USER, document, all)).isEqualTo(current.get());
            checked += all.size() > 1 ? 1 : 0;
        }
        assertThat(checked).as("sequences").isGreaterThan(CASES / 6);
    }

    /// True when the value of a filtered operation would make the filter look elsewhere the next time.
    private static boolean movesWhatItSelects(ObjectNode operation) {
        PatchPath path = FilterParser.parsePatchPath(operation.path("path").asText("nickName"), LIMITS.paths());
        if (path.selector() == null || operation.path("op").asText().equals("remove")) {
            return false;
        }
        ObjectNode nothing = operation.objectNode();
        var holder = Resolver.resolve(USER, path.attribute()).orElseThrow();
        Selection selection = Selection.of(path.selector(), holder);
        JsonNode value = operation.path("value");
        JsonNode after = path.subOfMatch() == null ? value : nothing.set(path.subOfMatch(), value);
        if (selection.wanted().isEmpty() || !after.isObject()) {
            return true;
        }
        ObjectNode joined = selection.wanted().get().deepCopy();
        return !selection.matches(joined.setAll((ObjectNode) after));
    }

    /// True when something of what is added is there already, or has to make way as `primary`.
    private static boolean overlaps(ObjectNode document, ObjectNode add) {
        ObjectNode removed =
                apply(document, JsonCopies.with(add, "op", "remove")).orElse(document);
        return !removed.equals(document) || add.path("value").toString().contains("\"primary\":true");
    }

    private static Optional<ObjectNode> apply(ObjectNode document, ObjectNode operation) {
        try {
            return Optional.of(
                    Patcher.apply(USER, document, List.of(PatchParser.operation(operation, "Operations[0]", LIMITS))));
        } catch (ScimProblem refused) {
            return Optional.empty();
        }
    }

    /// Variants of an operation.
    private static final class JsonCopies {

        private JsonCopies() {}

        static ObjectNode with(ObjectNode object, String name, String value) {
            return object.deepCopy().put(name, value);
        }

        static ObjectNode without(ObjectNode object, String name) {
            ObjectNode copy = object.deepCopy();
            copy.remove(name);
            return copy;
        }
    }
}
