package dev.rolewright.scim.schema;

import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.rolewright.scim.ScimProblem;
import org.junit.jupiter.api.Test;

class PrimariesTest {

    @Test
    void theNewPrimaryTakesTheFlagFromTheOldOne() {
        ArrayNode before = array("{\"value\": \"a\", \"primary\": true}, {\"value\": \"b\"}");
        ArrayNode after = array("{\"value\": \"a\", \"primary\": true}, {\"value\": \"b\", \"primary\": true}");
        ArrayNode copy = after.deepCopy();

        ArrayNode settled = Primaries.settle(before, after, "emails");

        assertThat(settled)
                .isEqualTo(array("{\"value\": \"a\", \"primary\": false}, {\"value\": \"b\", \"primary\": true}"));
        assertThat(after).isEqualTo(copy);
    }

    @Test
    void aSinglePrimaryStays() {
        ArrayNode before = array("{\"value\": \"a\", \"primary\": true}");
        ArrayNode after = array("{\"value\": \"a\", \"primary\": false}, {\"value\": \"b\", \"primary\": true}");

        assertThat(Primaries.settle(before, after, "emails")).isEqualTo(after);
        assertThat(Primaries.settle(before, array(""), "emails")).isEmpty();
    }

    @Test
    void refusesSeveralNewPrimaries() {
        ArrayNode before = array("{\"value\": \"a\", \"primary\": true}");
        ArrayNode after = array(
                "{\"value\": \"a\", \"primary\": true}, {\"value\": \"b\", \"primary\": true}, {\"value\": \"c\", \"primary\": true}");

        assertThatThrownBy(() -> Primaries.settle(before, after, "emails"))
                .isInstanceOf(ScimProblem.class)
                .hasMessage("emails: only one value may be primary");
    }

    private static ArrayNode array(String elements) {
        return (ArrayNode) json("{\"v\": [" + elements + "]}").get("v");
    }
}
