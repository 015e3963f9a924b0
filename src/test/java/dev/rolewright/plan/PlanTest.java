package dev.rolewright.plan;

import static dev.rolewright.plan.Scene.ADA;
import static dev.rolewright.plan.Scene.BOB;
import static dev.rolewright.plan.Scene.READER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Sha256;
import dev.rolewright.model.TargetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    private final Scene scene = new Scene();

    @Test
    void readsAsItsPageShows() throws IOException {
        scene.wants(READER, Grant.of("shop", Scene.ORDERS, PrivilegeName.SELECT))
                .wants("ada", ADA, READER)
                .wants("owner", new PersonId(new UUID(0, 3)))
                .has("bob", BOB);
        scene.reasons.put(
                new Item.Member(new LoginName("ada"), READER),
                List.of(new Reason.Mapped(ADA, List.of("eu", "analysts"), "analysts read", READER, "7")));

        String page = Files.readString(Path.of("src/docs/reference/plans.md"));
        assertThat(page.split("```(plan)?\n")[1]).isEqualTo(scene.plan().print());
    }

    @Test
    void itsPageNamesEveryNote() throws IOException {
        String page = Files.readString(Path.of("src/docs/reference/plans.md"));

        assertThat(Note.Kind.values()).allSatisfy(kind -> assertThat(page).contains("| `" + kind + "` |"));
    }

    @Test
    void aNameCannotForgeALineOfThePlan() {
        Step step =
                new Step.Leave(Scene.account("ada", ADA), Membership.of(new RoleName("x\n- role reader\u202E\u2028")));
        Plan plan = new Plan(new TargetName("shop"), List.of(new Line(step, List.of())), List.of());

        assertThat(plan.print()).isEqualTo("- ada in x\uFFFD- role reader\uFFFD\uFFFD\n");
    }

    @Test
    void theInverseOfADropBringsALoginBackUnderANewId() {
        Account ada = Scene.account("ada", ADA);
        Step leave = new Step.Leave(ada, Membership.of(READER));
        Step drop = new Step.DropLogin(ada, Optional.of(Scene.NOW), scene.heir);
        Plan plan = new Plan(
                new TargetName("shop"),
                Stream.of(leave, drop).map(step -> new Line(step, List.of())).toList(),
                List.of());

        assertThat(plan.inverse().steps())
                .containsExactly(
                        new Step.CreateLogin(ada.withoutId(), Optional.of(Scene.NOW)),
                        new Step.Join(ada.withoutId(), Membership.of(READER)));
    }

    @Test
    void twoPlansMadeAtDifferentTimesAreEqual() {
        scene.settled(READER).wants("ada", ADA, READER).has("bob", BOB, READER);

        Plan later = Planner.plan(scene.desired(), scene.observed(), Scene.NOW.plus(Duration.ofDays(1)));

        assertThat(later).isEqualTo(scene.plan());
    }

    @Test
    void isWrittenInWordsThatAnApiCanShow() {
        scene.has("bob", BOB);

        assertThat(PlanJson.text(scene.plan()))
                .isEqualTo("{\"target\":\"shop\",\"lines\":["
                        + "{\"step\":{\"is\":\"SuspendLogin\",\"account\":{\"login\":\"bob\","
                        + "\"person\":\"00000000-0000-0000-0000-000000000002\",\"id\":\"id of bob\"},\"since\":null},"
                        + "\"reasons\":[{\"is\":\"Ended\",\"person\":\"00000000-0000-0000-0000-000000000002\","
                        + "\"cause\":\"UNKNOWN\"}]},"
                        + "{\"step\":{\"is\":\"EndSessions\",\"account\":{\"login\":\"bob\","
                        + "\"person\":\"00000000-0000-0000-0000-000000000002\",\"id\":\"id of bob\"}},"
                        + "\"reasons\":[{\"is\":\"Ended\",\"person\":\"00000000-0000-0000-0000-000000000002\","
                        + "\"cause\":\"UNKNOWN\"}]}],\"notes\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'target':'shop','lines':null,'notes':[]}",
                "{'target':'Shop','lines':[],'notes':[]}",
                "{'target':'shop','lines':[],'notes':[],'more':1}",
                "{'target':'shop','lines':[{'step':{'is':'Shell','role':'x'},'reasons':[]}],'notes':[]}",
                "{'target':'shop','lines':[{'step':{'is':'java.lang.Object'},'reasons':[]}],'notes':[]}",
                "{'target':'shop','lines':[{'step':{'is':'CreateRole','role':''},'reasons':[]}],'notes':[]}",
                "{'target':'shop','lines':[{'step':{'is':'CreateRole'},'reasons':[]}],'notes':[]}"
            })
    void readsNothingThatIsNoPlan(String text) {
        String json = text.replace('\'', '"');

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlanJson.read(json))
                .withMessageStartingWith("This is no plan");
    }

    @Test
    void anApprovalIsForTheseStepsOnThisServer() {
        scene.settled(READER).wants("ada", ADA, READER);
        Plan plan = scene.plan();
        Server server = scene.observed().server();
        Server other = new Server(server.product(), "8", server.own(), server.predefined(), false);
        String told = PlanJson.text(plan);

        String digest = PlanJson.digest(plan, server);

        assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(PlanJson.digest(PlanJson.read(told), server));
        assertThat(PlanJson.digest(plan, other)).isNotEqualTo(digest);
        assertThat(PlanJson.digest(plan.only(line -> !(line.step() instanceof Step.Join)), server))
                .isNotEqualTo(digest);
        assertThat(PlanJson.digest(
                        new Plan(plan.target(), plan.lines(), List.of(Note.of(Note.Kind.KEPT, "a", "b"))), server))
                .isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 2_000, 2_500})
    void theDigestOfALongPlanIsThatOfAllItsStepsAtOnce(int size) throws Exception {
        Server server = scene.observed().server();
        List<Line> lines = IntStream.range(0, size)
                .mapToObj(number -> new Line(new Step.CreateRole(new RoleName("role" + number)), List.of()))
                .toList();
        Plan plan = new Plan(new TargetName("shop"), lines, List.of());
        JsonNode steps = new JsonMapper().readTree(PlanJson.text(plan)).path("lines");
        String signed = "{\"target\":\"shop\",\"server\":\"" + server.identity() + "\",\"steps\":["
                + steps.valueStream().map(line -> line.path("step").toString()).collect(Collectors.joining(","))
                + "]}";

        assertThat(PlanJson.digest(plan, server)).isEqualTo(Sha256.hex(signed));
    }

    @Test
    void somePartOfItIsReadBackByItself() {
        scene.settled(READER).wants("ada", ADA, READER);
        List<Line> lines = scene.plan().lines();

        String part = PlanJson.text(lines.subList(1, lines.size()));

        assertThat(PlanJson.readLines(part)).isEqualTo(lines.subList(1, lines.size()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlanJson.readLines("[{}]"))
                .withMessageStartingWith("This is no part of a plan");
    }
}
