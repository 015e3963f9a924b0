package dev.rolewright.scim.patch;

import static dev.rolewright.scim.patch.PatchCases.USER;
import static dev.rolewright.scim.patch.PatchCases.operations;
import static dev.rolewright.scim.patch.PatchCases.urns;
import static dev.rolewright.scim.patch.PatchCases.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Operation × path × kind of attribute, one line each in `patch/*.cases`.
class PatcherTest {

    @ParameterizedTest(name = "{0} [{index}] {2} -> {3}")
    @CsvFileSource(
            resources = {
                "/patch/single.cases",
                "/patch/complex.cases",
                "/patch/simple-values.cases",
                "/patch/elements.cases",
                "/patch/selected.cases",
                "/patch/pathless.cases",
                "/patch/extension.cases",
                "/patch/mutability.cases"
            },
            delimiter = '|',
            quoteCharacter = '`',
            maxCharsPerColumn = 2_000)
    void does(String what, String before, String operations, String after) {
        ObjectNode document = user(before);
        ObjectNode untouched = document.deepCopy();

        if (after.startsWith("{")) {
            assertThat(Patcher.apply(USER, document, operations(operations))).isEqualTo(user(after));
        } else {
            Throwable refused = catchThrowable(() -> Patcher.apply(USER, document, operations(operations)));
            assertThat(refused).isInstanceOfSatisfying(ScimProblem.class, problem -> {
                assertThat(problem.status()).isEqualTo(400);
                assertThat(problem.type() + " " + problem.detail()).startsWith(urns(after));
            });
        }
        assertThat(document).isEqualTo(untouched);
    }

    @Test
    void changesAllOrNothing() {
        ObjectNode document = user("{}");

        assertThatThrownBy(() -> Patcher.apply(
                        USER,
                        document,
                        operations("[{op:'add',path:'title',value:'x'},{op:'add',path:'nonsense',value:'x'}]")))
                .hasMessage("nonsense: User has no such attribute");
        assertThat(document).isEqualTo(user("{}"));
    }

    @Test
    void neverTouchesMembers() {
        assertThatThrownBy(() -> Patcher.apply(
                        PatchCases.GROUP, user("{}"), operations("{op:'add',path:'members',value:[{value:'u-1'}]}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysNothingOfTheValuesItRefuses() {
        for (String operation : List.of(
                "{op:'replace',path:'active',value:'s3cret'}",
                "{op:'replace',path:'password',value:{s3cret:true}}",
                "{op:'add',path:'emails[type eq \"s3cret\" or type pr].value',value:'s3cret'}",
                "{op:'remove',path:'title',value:'s3cret'}")) {
            assertThatThrownBy(() -> Patcher.apply(USER, user("{title:'x'}"), operations(operation)))
                    .isInstanceOf(ScimProblem.class)
                    .message()
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void holdsNoMoreValuesThanAPersonHas() {
        String many = "{value:'x'},".repeat(1_001);

        assertThatThrownBy(() -> Patcher.apply(
                        USER,
                        user("{}"),
                        operations("{op:'add',path:'emails',value:[" + many.replaceAll(",$", "") + "]}")))
                .hasMessage("emails: holds at most 1000 values");
    }
}
