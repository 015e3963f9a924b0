package dev.rolewright.scim.patch;

import static dev.rolewright.scim.schema.StandardCatalog.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.PatchPath;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchParserTest {

    private static final PatchLimits LIMITS = new PatchLimits(3, 4, new FilterLimits(60, 3, 2));

    @Test
    void readsEveryOperation() {
        Filter work = new Filter.Comparison(AttributePath.of("type"), Filter.Operator.EQ, TextNode.valueOf("work"));
        PatchPath active = new PatchPath(AttributePath.of("active"), null, null);
        ObjectNode values = json("{\"title\":\"x\"}");

        assertThat(read("{'op':'add','path':'active','value':true}"))
                .isEqualTo(new PatchOp.Add(active, BooleanNode.TRUE));
        assertThat(read("{'op':'add','value':{'title':'x'}}")).isEqualTo(new PatchOp.AddAll(values));
        assertThat(read("{'op':'replace','path':'active','value':null}"))
                .isEqualTo(new PatchOp.Replace(active, NullNode.getInstance()));
        assertThat(read("{'op':'replace','path':null,'value':{'title':'x'}}"))
                .isEqualTo(new PatchOp.ReplaceAll(values));
        assertThat(read("{'op':'remove','path':'active'}")).isEqualTo(new PatchOp.Remove(active, null));
        assertThat(read("{'op':'remove','path':'active','value':true}"))
                .isEqualTo(new PatchOp.Remove(active, BooleanNode.TRUE));
        assertThat(read("{'OP':'remove','Path':'emails[type eq \\'work\\'].value'}"))
                .isEqualTo(new PatchOp.Remove(new PatchPath(AttributePath.of("emails"), work, "value"), null));
    }

    @Test
    void readsNamesAndUrnInAnyCase() {
        assertThat(PatchParser.parse(
                        json("{\"SCHEMAS\":[\"x\",\"" + PatchParser.URN.toUpperCase(Locale.ROOT)
                                + "\"],\"operations\":[{\"op\":\"remove\",\"path\":\"title\"}]}"),
                        LIMITS))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 400 invalidSyntax schemas: must be an array that contains urn:ietf:params:scim:api:messages:2.0:PatchOp",
                "{'schemas':'urn:ietf:params:scim:api:messages:2.0:PatchOp','Operations':[]} | 400 invalidSyntax schemas: must be",
                "{'schemas':[7,'urn:x'],'Operations':[]} | 400 invalidSyntax schemas: must be",
                "{'schemas':[$],'schemas ':1} | 400 invalidSyntax schemas : not part of a PATCH request",
                "{'schemas':[$],'Schemas':[$]} | 400 invalidSyntax schemas: given twice",
                "{'schemas':[$]} | 400 invalidSyntax Operations: must be an array of one or more operations",
                "{'schemas':[$],'Operations':[]} | 400 invalidSyntax Operations: must be an array of one or more",
                "{'schemas':[$],'Operations':{}} | 400 invalidSyntax Operations: must be an array of one or more",
                "{'schemas':[$],'Operations':[7]} | 400 invalidSyntax Operations[0]: must be an object with op",
                "{'schemas':[$],'Operations':[{'op':'remove','path':'a'},{}]} | 400 invalidSyntax Operations[1].op: must be add",
                "{'schemas':[$],'Operations':[{'op':7}]} | 400 invalidSyntax Operations[0].op: must be add, replace or remove",
                "{'schemas':[$],'Operations':[{'op':'Add'}]} | 400 invalidSyntax Operations[0].op: must be add, replace or",
                "{'schemas':[$],'Operations':[{'op':'move','path':'a'}]} | 400 invalidSyntax Operations[0].op: must be add",
                "{'schemas':[$],'Operations':[{'op':'add','from':'a'}]} | 400 invalidSyntax Operations[0].from: not part of",
                "{'schemas':[$],'Operations':[{'op':'add','Op':'add'}]} | 400 invalidSyntax Operations[0].op: given twice",
                "{'schemas':[$],'Operations':[{'op':'add','path':'a'}]} | 400 invalidValue Operations[0].value: add needs",
                "{'schemas':[$],'Operations':[{'op':'add','path':'a','value':null}]} | 400 invalidValue Operations[0].value: add",
                "{'schemas':[$],'Operations':[{'op':'replace','path':'a'}]} | 400 invalidValue Operations[0].value: replace needs",
                "{'schemas':[$],'Operations':[{'op':'add','value':'a'}]} | 400 invalidSyntax Operations[0].value: without a path",
                "{'schemas':[$],'Operations':[{'op':'replace','value':null}]} | 400 invalidSyntax Operations[0].value: without",
                "{'schemas':[$],'Operations':[{'op':'replace','value':[{'a':1}]}]} | 400 invalidSyntax Operations[0].value: with",
                "{'schemas':[$],'Operations':[{'op':'replace','value':{}}]} | 400 invalidValue Operations[0].value: names no",
                "{'schemas':[$],'Operations':[{'op':'remove'}]} | 400 noTarget Operations[0].path: remove needs a path",
                "{'schemas':[$],'Operations':[{'op':'remove','value':{'a':1}}]} | 400 noTarget Operations[0].path: remove needs",
                "{'schemas':[$],'Operations':[{'op':'remove','path':'a','value':null}]} | 400 invalidValue Operations[0].value: an",
                "{'schemas':[$],'Operations':[{'op':'remove','path':'a','value':[]}]} | 400 invalidValue Operations[0].value: an",
                "{'schemas':[$],'Operations':[{'op':'remove','path':'a','value':{}}]} | 400 invalidValue Operations[0].value: an",
                "{'schemas':[$],'Operations':[{'op':'remove','path':7}]} | 400 invalidPath Operations[0].path: must be a string",
                "{'schemas':[$],'Operations':[{'op':'remove','path':''}]} | 400 invalidPath Operations[0].path, column 1: expected",
                "{'schemas':[$],'Operations':[{'op':'remove','path':'a b'}]} | 400 invalidPath Operations[0].path, column 3: exp",
                "{'schemas':[$],'Operations':[{'op':'remove','path':'a[b]'}]} | 400 invalidFilter Operations[0].path, column 4:",
                "{'schemas':[$],'Operations':[{'op':'remove','path':'a[b pr or b pr or b pr or b pr]'}]} | 400 invalidFilter Oper",
                "{'schemas':[$],'Operations':[{},{},{},{}]} | 413 null Operations: at most 3 operations in one request",
                "{'schemas':[$],'Operations':[{'op':'add','path':'members','value':[1,2,3]},{'op':'add','value':{'Members':[4,5]}}]} | 413 null Operations[1]: at most 4 members in one request",
                "{'schemas':[$],'Operations':[{'op':'remove','path':'members','value':[1,2,3,4,5]}]} | 413 null Operations[0]: at most 4 members",
                "{'schemas':[$],'Operations':[{'op':'remove','path':'members[value eq \\'a\\' or value eq \\'b\\']'},{'op':'replace','path':'members','value':[1,2,3]}]} | 413 null Operations[1]: at most 4 members",
            })
    void refusesEverythingElseAndSaysWhere(String body, String refusal) {
        assertThatThrownBy(() -> PatchParser.parse(tree(body), LIMITS))
                .isInstanceOfSatisfying(
                        ScimProblem.class,
                        problem -> assertThat(problem.status() + " " + problem.type() + " " + problem.detail())
                                .startsWith(refusal));
    }

    private static PatchOp read(String operation) {
        JsonNode node = tree(operation);
        return PatchParser.operation(node, "Operations[0]", LIMITS);
    }

    private static ObjectNode tree(String text) {
        return json(text.replace("$", "'" + PatchParser.URN + "'")
                .replace("\\'", "\\\"")
                .replace('\'', '"'));
    }
}
