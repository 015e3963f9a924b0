package dev.rolewright.scim.patch;

import static dev.rolewright.scim.patch.PatchCases.GROUP;
import static dev.rolewright.scim.patch.PatchCases.USER;
import static dev.rolewright.scim.patch.PatchCases.loose;
import static dev.rolewright.scim.patch.PatchCases.operations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.FilterPrinter;
import dev.rolewright.scim.patch.MemberChange.Add;
import dev.rolewright.scim.patch.MemberChange.Clear;
import dev.rolewright.scim.patch.MemberChange.Remove;
import dev.rolewright.scim.patch.MemberChange.RemoveMatching;
import dev.rolewright.scim.patch.MemberChange.ReplaceAll;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberChangesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{op:'add',path:'members',value:[{value:'a'},{value:'b',type:'Group'}]}    | add a,b/Group",
                "{op:'add',path:'members',value:{value:'a',display:null,'$ref':null,type:null}} | add a",
                "{op:'add',path:'MEMBERS',value:[{VALUE:'a',Display:'x'}]}                 | add a",
                "{op:'add',path:'urn:ietf:params:scim:schemas:core:2.0:Group:members',value:[{value:'a'}]} | add a",
                "{op:'add',path:'members',value:[]}                                        | ",
                "{op:'add',value:{members:[{value:'a'}]}}                                  | add a",
                "{op:'replace',path:'members',value:[{value:'a'}]}                         | replace a",
                "{op:'replace',value:{Members:[{value:'a'}]}}                              | replace a",
                "{op:'replace',path:'members',value:[]}                                    | clear",
                "{op:'replace',path:'members',value:null}                                  | clear",
                "{op:'replace',value:{members:null}}                                       | clear",
                "{op:'remove',path:'members'}                                              | clear",
                "{op:'remove',path:'members',value:[{value:'a'},{value:'b'}]}              | remove a,b",
                "{op:'remove',path:'members[value eq \"a\"]'}                              | remove a",
                "{op:'remove',path:'members[Value EQ \"a\" or value eq \"b\" or value eq \"c\"]'} | remove a,b,c",
                "{op:'remove',path:'members[value eq \"a\" and type eq \"User\"]'} | matching value eq \"a\" and type eq \"User\"",
                "{op:'remove',path:'members[value ne \"a\"]'}                              | matching value ne \"a\"",
                "{op:'remove',path:'members[not (value eq \"a\")]'}                        | matching not (value eq \"a\")",
                "{op:'remove',path:'members[value eq \"a\" or type eq \"Group\"]'} | matching value eq \"a\" or type eq \"Group\"",
                "{op:'remove',path:'members[type pr]'}                                     | matching type pr",
            })
    void readsEverySpelling(String operation, String change) {
        MemberChanges.Split split = MemberChanges.split(GROUP, operations(operation));

        assertThat(split.members().stream().map(MemberChangesTest::told))
                .containsExactlyElementsOf(change == null ? List.of() : List.of(change));
        assertThat(split.others()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{op:'add',path:'members',value:'a'}                        | invalidValue members: must be an array",
                "{op:'add',path:'members',value:['a']}                      | invalidValue members[0]: must be an object",
                "{op:'add',path:'members',value:[null]}                     | invalidValue members[0]: must be an object",
                "{op:'add',path:'members',value:[{value:'a'},{}]}           | invalidValue members[1].value: the member's id is",
                "{op:'add',path:'members',value:[{value:' '}]}              | invalidValue members[0].value: the member's id is",
                "{op:'add',path:'members',value:[{value:null}]}             | invalidValue members[0].value: the member's id is",
                "{op:'add',path:'members',value:[{value:7}]}                | invalidValue members[0].value: must be a string",
                "{op:'add',path:'members',value:[{value:'a',type:7}]}       | invalidValue members[0].type: must be a string",
                "{op:'add',path:'members',value:[{value:'a',role:'x'}]}     | invalidPath members[0]: a member has value,",
                "{op:'add',path:'members',value:[{value:'a',VALUE:'b'}]}    | invalidSyntax members[0].value: is there twice",
                "{op:'add',value:{members:null}}                            | invalidValue members: must be an array",
                "{op:'replace',path:'members',value:{value:'a'}}            | invalidValue members: must be an array",
                "{op:'replace',path:'members',value:'a'}                    | invalidValue members: must be an array",
                "{op:'remove',path:'members',value:{value:'a'}}             | invalidValue members: must be an array",
                "{op:'remove',path:'members',value:[{display:'a'}]}         | invalidValue members[0].value: the member's id is",
                "{op:'remove',path:'members[value eq \"a\"]',value:[{value:'a'}]} | invalidValue members: a filter and a value",
                "{op:'remove',path:'members.value'}                         | mutability members.value: a member cannot be changed",
                "{op:'remove',path:'members[value eq \"a\"].display'}       | mutability members.display: a member cannot",
                "{op:'replace',path:'members[value eq \"a\"].value',value:'b'} | mutability members.value: a member cannot",
                "{op:'replace',path:'members[value eq \"a\"]',value:{value:'b'}} | mutability members: a member cannot be",
                "{op:'add',path:'members[value eq \"a\"]',value:{value:'a'}} | mutability members: a member cannot be changed",
                "{op:'add',path:'members.value',value:'a'}                  | mutability members.value: a member cannot be",
            })
    void refusesWhatIsNoChangeOfASet(String operation, String refusal) {
        assertThatThrownBy(() -> MemberChanges.split(GROUP, operations(operation)))
                .isInstanceOfSatisfying(
                        ScimProblem.class,
                        problem -> assertThat(problem.type() + " " + problem.detail())
                                .startsWith(refusal));
    }

    @Test
    void refusesAnIdThatNoIndexCouldHold() {
        String id = "x".repeat(2_001);

        assertThatThrownBy(() -> MemberChanges.split(
                        GROUP, operations("{op:'add',path:'members',value:[{value:'" + id + "'}]}")))
                .hasMessage("members[0].value: must not be longer than 2000 bytes");
    }

    @Test
    void keepsTheOrderOfBothSides() {
        List<PatchOp> operations = operations("""
                [{op:'remove',path:'members[value eq "a"]'},
                 {op:'replace',path:'displayName',value:'x'},
                 {op:'add',value:{members:[{value:'b'}],displayName:'y',externalId:'e'}},
                 {op:'remove',path:'members'},
                 {op:'replace',value:{displayName:'z'}},
                 {op:'add',path:'members',value:[{value:'c'}]}]""");

        MemberChanges.Split split = MemberChanges.split(GROUP, operations);

        assertThat(split.members().stream().map(MemberChangesTest::told))
                .containsExactly("remove a", "add b", "clear", "add c");
        assertThat(split.others()).containsExactlyElementsOf(operations("""
                [{op:'replace',path:'displayName',value:'x'},
                 {op:'add',value:{displayName:'y',externalId:'e'}},
                 {op:'replace',value:{displayName:'z'}}]"""));
    }

    @Test
    void leavesATypeWithoutMembersAlone() {
        List<PatchOp> operations = operations("{op:'add',path:'members',value:[{value:'a'}]}");

        assertThat(MemberChanges.split(USER, operations)).isEqualTo(new MemberChanges.Split(List.of(), operations));
    }

    @Test
    void readsTheMembersOfAWholeGroup() {
        assertThat(MemberChanges.read(loose("[{value:'a',display:'x'},{value:'b',type:'User'}]")))
                .containsExactly(new Member("a", null), new Member("b", "User"));
        assertThat(MemberChanges.read(loose("[]"))).isEmpty();
    }

    private static String told(MemberChange change) {
        return switch (change) {
            case Add(List<Member> members) -> "add " + told(members);
            case ReplaceAll(List<Member> members) -> "replace " + told(members);
            case Remove(List<String> ids) -> "remove " + String.join(",", ids);
            case RemoveMatching(var filter) -> "matching " + FilterPrinter.print(filter);
            case Clear() -> "clear";
        };
    }

    private static String told(List<Member> members) {
        return String.join(
                ",",
                members.stream()
                        .map(member -> member.value() + (member.type() == null ? "" : "/" + member.type()))
                        .toList());
    }
}
