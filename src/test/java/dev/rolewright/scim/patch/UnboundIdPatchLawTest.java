package dev.rolewright.scim.patch;

import static dev.rolewright.scim.patch.PatchCases.LIMITS;
import static dev.rolewright.scim.patch.PatchCases.loose;
import static dev.rolewright.scim.patch.PatchCases.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchOpType;
import com.unboundid.scim2.common.messages.PatchOperation;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.Vocabulary;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.filter.PatchPath;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.filter.Resolver;
import dev.rolewright.scim.schema.AcmeCatalog;
import dev.rolewright.scim.schema.ResourceType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Our application of PATCH against a foreign one, on thousands of generated documents and operations. Where the RFC
/// makes us differ, a test of its own shows both results and names the paragraph.
class UnboundIdPatchLawTest {

    private static final ResourceType USER = AcmeCatalog.USER;
    private static final int CASES = 8_000;

    /// How a test below writes that a side refuses.
    private static final String REFUSED = "refused";

    @Test
    void agreesOnEveryOperationThatHasOneReading() {
        GeneratedPatches patches = new GeneratedPatches(47, USER, Vocabulary.PLAIN);
        int compared = 0;
        int changed = 0;
        for (int i = 0; i < CASES; i++) {
            ObjectNode document = patches.document();
            ObjectNode operation = patches.operation(document);
            if (!oneReading(document, operation)) {
                continue;
            }

            Optional<ObjectNode> ours = ours(document, operation);

            assertThat(ours).as("%s on %s", operation, document).isEqualTo(theirs(document, operation));
            compared++;
            changed += ours.isPresent() && !ours.get().equals(document) ? 1 : 0;
        }
        assertThat(compared).as("operations compared").isGreaterThan(CASES / 2);
        assertThat(changed).as("of which changed something").isGreaterThan(CASES / 3);
    }

    @Test
    void aSelectedElementIsReplacedAsAWhole() {
        // RFC 7644 §3.5.2.3: with a value filter "all matching record values SHALL be replaced"; theirs merges.
        bothGive(
                "{emails:[{value:'a',type:'work',display:'A'}]}",
                "{op:'replace',path:'emails[type eq \"work\"]',value:{value:'b'}}",
                "{emails:[{value:'b',type:'work'}]}",
                "{emails:[{value:'b',type:'work',display:'A'}]}");
    }

    @Test
    void aSelectorThatSaysWhatIsMissingCreatesIt() {
        // RFC 7644 §3.5.2.3 wants noTarget; Entra ID replaces what it never added (E6) and would retry for weeks.
        bothGive(
                "{}",
                "{op:'replace',path:'emails[type eq \"work\"].value',value:'a'}",
                "{emails:[{type:'work',value:'a'}]}",
                REFUSED);
        bothGive(
                "{}",
                "{op:'add',path:'emails[type eq \"work\" and display eq \"A\"].value',value:'a'}",
                "{emails:[{type:'work',display:'A',value:'a'}]}",
                REFUSED);
    }

    @Test
    void addReachesTheSelectedElement() {
        // RFC 7644 §3.5.2 allows a valuePath with every operation; §3.5.2.1: an existing value is replaced.
        bothGive(
                "{emails:[{value:'a',type:'work'}]}",
                "{op:'add',path:'emails[type eq \"work\"]',value:{display:'A'}}",
                "{emails:[{value:'a',type:'work',display:'A'}]}",
                REFUSED);
        bothGive(
                "{emails:[{value:'a',type:'work'}]}",
                "{op:'add',path:'emails[type eq \"work\"].value',value:'b'}",
                "{emails:[{value:'b',type:'work'}]}",
                REFUSED);
    }

    @Test
    void oneValueIsThereOnce() {
        // RFC 7643 §2.4: no combination of value and type more than once; §2.1 and caseExact decide what is the same.
        bothGive(
                "{emails:[{value:'a',type:'work'}]}",
                "{op:'add',path:'emails',value:[{value:'a',type:'work',display:'A'}]}",
                "{emails:[{value:'a',type:'work',display:'A'}]}",
                "{emails:[{value:'a',type:'work'},{value:'a',type:'work',display:'A'}]}");
        bothGive(
                "{'acme':{tags:['a']}}",
                "{op:'add',path:'acme:tags',value:['A']}",
                "{'acme':{tags:['a']}}",
                "{'acme':{tags:['a','A']}}");
    }

    @Test
    void primaryMoves() {
        // RFC 7644 §3.5.2: setting primary on one value clears it on the others.
        bothGive(
                "{emails:[{value:'a',primary:true},{value:'b'}]}",
                "{op:'replace',path:'emails[value eq \"b\"].primary',value:true}",
                "{emails:[{value:'a',primary:false},{value:'b',primary:true}]}",
                "{emails:[{value:'a',primary:true},{value:'b',primary:true}]}");
    }

    @Test
    void oneObjectIsOneValueMore() {
        // RFC 7644 §3.5.2.1: "If the target location specifies a multi-valued attribute, a new value is added".
        bothGive(
                "{emails:[{value:'a'}]}",
                "{op:'add',path:'emails',value:{value:'b'}}",
                "{emails:[{value:'a'},{value:'b'}]}",
                "{emails:{value:'b'}}");
    }

    @Test
    void namesHaveNoCase() {
        // RFC 7643 §2.1.
        bothGive("{title:'x'}", "{op:'replace',path:'TITLE',value:'y'}", "{title:'y'}", "{title:'x',TITLE:'y'}");
    }

    @Test
    void nothingUnknownIsKept() {
        // RFC 7644 §3.12: an attribute no schema has is an invalidPath; theirs knows no schemas.
        bothGive("{}", "{op:'add',path:'shoeSize',value:7}", REFUSED, "{shoeSize:7}");
        bothGive("{}", "{op:'remove',path:'shoeSize'}", REFUSED, "{}");
        bothGive("{}", "{op:'add',path:'active',value:'yes'}", REFUSED, "{active:'yes'}");
    }

    @Test
    void aListedValueIsAllThatIsRemoved() {
        // E8: the RFC knows no value beside remove; theirs ignores it and removes everything.
        bothGive(
                "{emails:[{value:'a'},{value:'b'}]}",
                "{op:'remove',path:'emails',value:[{value:'a'}]}",
                "{emails:[{value:'b'}]}",
                "{}");
    }

    @Test
    void suspensionIsNotUndoneByLeavingItOut() {
        // RFC 7643 §4.1.1 leaves the meaning of active to the service; ours is that nobody is let in by omission.
        bothGive("{active:false}", "{op:'remove',path:'active'}", REFUSED, "{}");
    }

    private static void bothGive(String before, String operation, String ours, String theirs) {
        ObjectNode document = user(before);
        ObjectNode patch = (ObjectNode) loose(operation);

        assertThat(ours(document, patch)).as("ours").isEqualTo(expected(ours));
        assertThat(theirs(document, patch)).as("theirs").isEqualTo(expected(theirs));
    }

    private static Optional<ObjectNode> expected(String after) {
        return after.equals(REFUSED) ? Optional.empty() : Optional.of(user(after));
    }

    /// False for the shapes whose difference the tests above show.
    private static boolean oneReading(ObjectNode document, ObjectNode operation) {
        String op = operation.path("op").asText();
        JsonNode value = operation.path("value");
        if (value.toString().contains("\"primary\":true") || (op.equals("remove") && operation.has("value"))) {
            return false;
        }
        if (!operation.has("path")) {
            return !op.equals("add") || nothingTwice(document, value);
        }
        PatchPath path = FilterParser.parsePatchPath(operation.path("path").asText(), LIMITS.paths());
        Resolved target = Resolver.resolve(USER, path.attribute()).orElseThrow();
        JsonNode holder = target.extension() == null ? document : document.path(target.extension());
        JsonNode stored = holder.path(target.attribute().name());
        if (path.selector() == null) {
            return !op.equals("add") || nothingTwice(stored, value);
        }
        if (op.equals("remove")) {
            return true;
        }
        return op.equals("replace")
                && path.subOfMatch() != null
                && !path.subOfMatch().equals("primary")
                && stored.valueStream().anyMatch(Selection.of(path.selector(), target)::matches);
    }

    /// True when no array to be added holds what is there already, be it in other letters or with other parts.
    private static boolean nothingTwice(JsonNode stored, JsonNode added) {
        if (added.isObject()) {
            return added.propertyStream()
                    .allMatch(entry -> nothingTwice(stored.path(entry.getKey()), entry.getValue()));
        }
        Set<String> names = new HashSet<>();
        stored.forEach(element -> names.add(named(element)));
        return !added.isArray() || added.valueStream().allMatch(element -> names.add(named(element)));
    }

    private static String named(JsonNode element) {
        String text = element.isObject() ? element.path("value").asText(element.toString()) : element.asText();
        return text.toLowerCase(Locale.ROOT);
    }

    private static Optional<ObjectNode> ours(ObjectNode document, ObjectNode operation) {
        try {
            return Optional.of(
                    Patcher.apply(USER, document, List.of(PatchParser.operation(operation, "Operations[0]", LIMITS))));
        } catch (ScimProblem refused) {
            return Optional.empty();
        }
    }

    private static Optional<ObjectNode> theirs(ObjectNode document, ObjectNode operation) {
        try {
            ObjectNode result = document.deepCopy();
            PatchOpType op = PatchOpType.valueOf(operation.path("op").asText().toUpperCase(Locale.ROOT));
            Path path = operation.has("path")
                    ? Path.fromString(operation.path("path").asText())
                    : null;
            PatchOperation.create(op, path, operation.get("value")).apply(result);
            prune(result);
            return Optional.of(result);
        } catch (ScimException | IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /// An empty object is no value (RFC 7643 §2.5); theirs leaves some behind.
    private static void prune(JsonNode node) {
        node.forEach(UnboundIdPatchLawTest::prune);
        if (node instanceof ObjectNode object) {
            object.properties()
                    .removeIf(entry -> entry.getValue().isContainerNode()
                            && entry.getValue().isEmpty());
        } else if (node instanceof ArrayNode array) {
            array.removeIf(element -> element.isObject() && element.isEmpty());
        }
    }
}
