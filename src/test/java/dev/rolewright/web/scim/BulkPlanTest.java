package dev.rolewright.web.scim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.web.scim.BulkOperation.Broken;
import dev.rolewright.web.scim.BulkOperation.Sound;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkPlanTest {

    private static final BodyReader READER = new BodyReader(TestConfig.limits(Map.of()));

    @Test
    void keepsTheClientsOrder() {
        BulkPlan plan = plan(post("a"), remove("x"), post("b"));

        assertThat(plan.units()).containsExactly(list(0), list(1), list(2));
        assertThat(plan.failOnErrors()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void givesReferencesTheIdsToCome() {
        BulkPlan plan = plan(post("alice"), group("tour", "alice"));

        Sound group = sound(plan, 1);
        assertThat(group.data().at("/members/0/value").textValue()).isEqualTo(id(0));
        assertThat(group.id()).isEqualTo(id(1));
        assertThat(group.references()).containsExactly(0);
    }

    @Test
    void delaysAnOperationUntilWhatItRefersToIsThere() {
        BulkPlan plan = plan(group("g", "b"), remove("x"), post("b"), post("c"));

        assertThat(plan.units()).containsExactly(list(1), list(2), list(0), list(3));
    }

    @Test
    void keepsTheOrderOfOperationsOnOneResourceWhenOneIsDelayed() {
        String add = """
                {"method":"PATCH","path":"/Groups/g","data":{"Operations":[{"op":"add","path":"members",
                 "value":[{"value":"bulkId:b"}]}]}}""";
        String clear = """
                {"method":"PATCH","path":"/Groups/g","data":{"Operations":[{"op":"remove","path":"members"}]}}""";

        BulkPlan plan = plan(add, clear, post("b"));

        assertThat(plan.units()).containsExactly(list(2), list(0), list(1));
    }

    @Test
    void runsWhatConcernsANewResourceAfterItIsCreated() {
        String patch = """
                {"method":"PATCH","path":"/Users/bulkId:a","data":{}}""";
        String replace = """
                {"method":"PUT","path":"Users/bulkId:a","data":{}}""";

        BulkPlan plan = plan(patch, replace, post("a"));

        assertThat(plan.units()).containsExactly(list(2), list(0), list(1));
        assertThat(sound(plan, 0).id()).isEqualTo(id(2));
        assertThat(sound(plan, 1).endpoint()).isEqualTo("Users");
    }

    @Test
    void takesACircleAsOneUnit() {
        BulkPlan plan = plan(group("a", "b"), post("u"), group("b", "c"), group("c", "a"), group("d", "c"));

        assertThat(plan.units()).containsExactly(list(0, 2, 3), list(1), list(4));
    }

    @Test
    void letsAGroupReferToItself() {
        BulkPlan plan = plan(group("a", "a"));

        assertThat(plan.units()).containsExactly(list(0));
        assertThat(sound(plan, 0).references()).isEmpty();
    }

    @Test
    void ordersALongChainBackwards() {
        String[] operations = new String[1000];
        for (int i = 0; i < operations.length; i++) {
            operations[i] = i + 1 < operations.length ? group("g" + i, "g" + (i + 1)) : post("g" + i);
        }

        BulkPlan plan = plan(operations);

        assertThat(plan.units()).hasSize(1000);
        assertThat(plan.units().get(0)).containsExactly(999);
        assertThat(plan.units().get(999)).containsExactly(0);
    }

    @Test
    void resolvesReferencesInsidePathsAndLinks() {
        String patch = """
                {"method":"PATCH","path":"/Groups/g","data":{"Operations":[
                 {"op":"remove","path":"members[value eq \\"bulkId:a\\"]"},
                 {"op":"add","path":"members","value":[{"$ref":"../Users/bulkId:a","value":"bulkId:a"}]},
                 {"op":"replace","path":"displayName","value":"about bulkId: things"}]}}""";

        Sound operation = sound(plan(post("a"), patch), 1);

        assertThat(operation.data().at("/Operations/0/path").textValue())
                .isEqualTo("members[value eq \"" + id(0) + "\"]");
        assertThat(operation.data().at("/Operations/1/value/0/$ref").textValue())
                .isEqualTo("../Users/" + id(0));
        assertThat(operation.data().at("/Operations/2/value").textValue()).isEqualTo("about bulkId: things");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"path":"/Users","bulkId":"x","data":{}}                                  | Operations[0].method:
            {"method":"GET","path":"/Users","bulkId":"x"}                             | Operations[0].method:
            {"method":"POST","path":"/Users","data":{}}                               | Operations[0].bulkId:
            {"method":"POST","path":"/Users/1","bulkId":"x","data":{}}                | Operations[0].path:
            {"method":"POST","bulkId":"x","data":{}}                                  | Operations[0].path:
            {"method":"PUT","path":"/Users","data":{}}                                | Operations[0].path:
            {"method":"DELETE","path":"/Users/1/2"}                                   | Operations[0].path:
            {"method":"DELETE","path":"/Users/"}                                      | Operations[0].path:
            {"method":"DELETE","path":"/Users/bulkId:nobody"}                         | Operations[0].path: refers to
            {"method":"PATCH","path":"/Users/1"}                                      | Operations[0].data:
            {"method":"PUT","path":"/Users/1","data":[]}                              | Operations[0].data:
            {"method":"PUT","path":"/Users/1","data":{"manager":{"value":"bulkId:q"}}} | Operations[0].data.manager.value: refers
            """)
    void keepsTheFaultOfOneOperationToItself(String operation, String detail) {
        BulkPlan plan = plan(operation, remove("y"));

        assertThat(plan.operations().get(0)).isInstanceOfSatisfying(Broken.class, broken -> {
            assertThat(broken.problem().status()).isEqualTo(400);
            assertThat(broken.problem().detail()).startsWith(detail);
        });
        assertThat(plan.operations().get(1)).isInstanceOf(Sound.class);
        assertThat(plan.units()).containsExactly(list(0), list(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                              | 400 | schemas: must contain
            {"schemas":["urn:x"],"Operations":[{}]}                         | 400 | schemas: must contain
            {"schemas":["$"]}                                               | 400 | Operations: an array
            {"schemas":["$"],"Operations":{}}                               | 400 | Operations: an array
            {"schemas":["$"],"Operations":[]}                               | 400 | Operations: an array
            {"schemas":["$"],"Operations":[1]}                              | 400 | Operations[0]: must be an object
            {"schemas":["$"],"Operations":[{},{},{},{}]}                    | 413 | maxOperations (3)
            {"schemas":["$"],"Operations":[{}],"failOnErrors":"1"}          | 400 | failOnErrors:
            {"schemas":["$"],"Operations":[{}],"failOnErrors":-1}           | 400 | failOnErrors:
            {"schemas":["$"],"Operations":[{}],"failOnErrors":1.5}          | 400 | failOnErrors:
            {"schemas":["$"],"Operations":[{}],"operations":[{}]}           | 400 | Operations: is given twice
            {"schemas":["$"],"Operations":[{}],"operation":[{}]}            | 400 | no member of the name "operation"
            {"schemas":["$"],"Operations":[{"bulkId":"x"},{"bulkId":"x"}]}  | 400 | Operations[1].bulkId:
            {"schemas":["$"],"Operations":[{"bulkId":7}]}                   | 400 | Operations[0].bulkId: must be
            """)
    void refusesARequestThatIsNoBulkRequest(String body, int status, String detail) {
        ScimProblem problem =
                catchThrowableOfType(ScimProblem.class, () -> read(body.replace("$", BulkPlan.REQUEST), 3));

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.detail()).contains(detail);
    }

    @ParameterizedTest
    @CsvSource({"null, 2147483647", "0, 1", "1, 1", "7, 7", "99999999999999999999, 2147483647"})
    void readsHowManyErrorsAreAccepted(String failOnErrors, int expected) {
        String body = "{\"schemas\":[\"%s\"],\"failOnErrors\":%s,\"Operations\":[%s]}"
                .formatted(BulkPlan.REQUEST, failOnErrors, remove("x"));

        assertThat(read(body, 3).failOnErrors()).isEqualTo(expected);
    }

    @Test
    void readsMethodsAndVersionsAsClientsWriteThem() {
        Sound operation = sound(plan("{\"method\":\"delete\",\"path\":\"Groups/9\",\"version\":\"W/\\\"4\\\"\"}"), 0);

        assertThat(operation.method()).isEqualTo("DELETE");
        assertThat(operation.versions().orElseThrow().versions()).containsExactly(4L);
    }

    private static BulkPlan plan(String... operations) {
        return read(
                "{\"schemas\":[\"%s\"],\"Operations\":[%s]}".formatted(BulkPlan.REQUEST, String.join(",", operations)),
                1000);
    }

    private static BulkPlan read(String body, int maxOperations) {
        byte[] bytes = body.getBytes(UTF_8);
        int[] next = {0};
        return BulkPlan.of(READER.parse(bytes, bytes.length), maxOperations, () -> UUID.fromString(id(next[0]++)));
    }

    private static String id(int index) {
        return new UUID(0, index).toString();
    }

    private static Sound sound(BulkPlan plan, int index) {
        return (Sound) plan.operations().get(index);
    }

    private static String post(String bulkId) {
        return "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"%s\",\"data\":{}}".formatted(bulkId);
    }

    private static String group(String bulkId, String member) {
        return ("{\"method\":\"POST\",\"path\":\"/Groups\",\"bulkId\":\"%s\","
                        + "\"data\":{\"members\":[{\"value\":\"bulkId:%s\"}]}}")
                .formatted(bulkId, member);
    }

    private static String remove(String id) {
        return "{\"method\":\"DELETE\",\"path\":\"/Users/%s\"}".formatted(id);
    }

    private static java.util.List<Integer> list(Integer... indexes) {
        return java.util.List.of(indexes);
    }
}
