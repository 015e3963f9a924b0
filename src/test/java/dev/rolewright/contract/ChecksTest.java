package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rolewright.contract.Finding.Level;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A contract that can be read may still say what nobody should sign.
class ChecksTest {

    private static final String HEAD = """
            contract: 1
            environments: {production: {maxLease: PT8H}}
            targets:
              shop: {engine: postgresql, environment: production, databases: [shop], heir: shop_owner}
              # lake
            roles:
              reader:
                {kind: read-only, purpose: p, owner: o, target: shop,
                 grants: [{database: shop, schema: s, tables: [a, b], privileges: [SELECT]}]}
              writer:
                {kind: read-write, purpose: p, owner: o, target: shop,
                 grants: [{database: shop, schema: s, table: a, privileges: [INSERT]}]}
            """;

    private static final String LAKE =
            HEAD.replace("# lake", "lake: {engine: postgresql, environment: production, databases: [lake]}");

    private static final String TAIL = """
            mappings:
              - {name: m, group: {displayName: g}, roles: [reader, x]}
              - {name: n, group: {displayName: h}, roles: [writer]}
            """;

    /// Findings on a role `x`, given the rest of its body.
    private static List<Finding> role(String kind, String body) {
        return Contracts.read((body.startsWith("target: lake") ? LAKE : HEAD) + "  x: {kind: " + kind
                        + ", purpose: p, owner: o, " + body + "}\n" + TAIL)
                .findings();
    }

    /// Findings on a sound set of roles and these other sections.
    private static List<Finding> sections(String text) {
        return Contracts.read(HEAD + text).findings();
    }

    @Test
    void saysWhereNobodyGetsAnything() {
        assertThat(Contracts.read(LAKE + TAIL.replace(", x]", "]")).findings())
                .extracting(Finding::level, it -> it.place().line(), Finding::sentence)
                .containsExactly(tuple(Level.NOTE, 5, "No role is on target lake, so nobody gets anything there."));
        assertThat(Contracts.read(LAKE.replace("lake: {engine: postgresql", "lake: {engine: mariadb")
                                + TAIL.replace(", x]", "]"))
                        .findings())
                .extracting(Finding::level, it -> it.place().line(), Finding::sentence)
                .contains(
                        tuple(Level.WARNING, 5, "Nothing here speaks to mariadb yet; nothing is done on target lake."));
    }

    private static String grants(String grants) {
        return "target: shop, grants: [{database: shop, " + grants + "}]";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            read-only   | schema: s, table: c, privileges: [UPDATE]         | UPDATE on table s.c in shop
            read-only   | schema: s, table: c, columns: [d], privileges: [INSERT] | INSERT on column s.c.d in shop
            read-only   | schema: s, sequences: '*', privileges: [USAGE]    | USAGE on every sequence of s in shop
            read-only   | privileges: [TEMPORARY]                           | TEMPORARY on database shop
            backup      | schema: s, tables: '*', privileges: [DELETE]      | DELETE on every table of s in shop
            read-write  | schema: s, table: c, privileges: [TRUNCATE]       | TRUNCATE on table s.c in shop
            read-write  | schema: s, privileges: [CREATE]                   | CREATE on schema s in shop
            maintenance | schema: s, table: c, privileges: [TRIGGER]        | TRIGGER on table s.c in shop
            """)
    void aKindIsAPromise(String kind, String grant, String label) {
        assertThat(role(kind, grants(grant)))
                .filteredOn(Finding::isError)
                .extracting(Finding::sentence)
                .containsExactly("Role x is " + kind + " and has " + label + ".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            read-only   | schema: s, tables: '*', privileges: [SELECT]
            read-only   | schema: s, sequence: q, privileges: [SELECT]
            read-only   | schema: s, function: 'f(int)', privileges: [EXECUTE]
            backup      | privileges: [CONNECT]
            read-write  | schema: s, sequence: q, privileges: [USAGE, UPDATE]
            maintenance | schema: s, table: c, privileges: [TRUNCATE, REFERENCES, MAINTAIN]
            admin       | schema: s, privileges: [CREATE]
            """)
    void aPromiseMayBeKept(String kind, String grant) {
        assertThat(role(kind, grants(grant))).noneMatch(Finding::isError);
    }

    @Test
    void anIncludeHidesNoEscalation() {
        assertThat(role("read-only", "target: shop, includes: [writer]"))
                .extracting(Finding::sentence)
                .contains(
                        "Role x is read-only and includes writer, which is read-write: a hidden escalation.",
                        "Role x is read-only and has INSERT on table s.a in shop through writer.");
    }

    @Test
    void nothingIncludesItself() {
        assertThat(role("read-only", "target: shop, includes: [x]"))
                .extracting(Finding::sentence)
                .containsExactly("Role x includes itself through x.");
    }

    @Test
    void includesStayOnTheirTarget() {
        assertThat(role("read-only", "target: lake, includes: [reader]"))
                .extracting(Finding::sentence)
                .containsExactly("Role x of lake includes reader of shop.");
    }

    @ParameterizedTest
    @CsvSource({"TRUNCATE", "REFERENCES"})
    void noRowRuleStandsBesideWhatPassesByIt(String privilege) {
        String body = "target: shop, grants: [{database: shop, schema: s, tables: \"*\", privileges: [SELECT, "
                + privilege + "]}], rows: [{database: shop, table: s.a, using: b > 1}]";

        assertThat(role("maintenance", body))
                .extracting(Finding::sentence)
                .contains("Role x sees some rows of table s.a and has " + privilege
                        + " on every table of s in shop, which no row rule limits.");
    }

    @Test
    void aRowRuleNeedsAGrantBesideIt() {
        assertThat(role("read-only", "target: shop, rows: [{database: shop, table: s.z, using: b > 1}]"))
                .extracting(Finding::level, Finding::sentence)
                .containsExactly(tuple(
                        Level.WARNING, "Role x has no grant of its own on table s.z, so its row rule limits nothing."));
    }

    @Test
    void findsWhatIsAlikeAndWhatIsContained() {
        assertThat(role("read-only", grants("schema: s, tables: [b, a], privileges: [SELECT]")))
                .extracting(Finding::sentence)
                .containsExactly("Role x is 100 % equal to reader.");
        assertThat(role("read-only", grants("schema: s, tables: [a, b, c], privileges: [SELECT]")))
                .extracting(Finding::sentence)
                .containsExactly("Role x has all that reader has.");
        assertThat(role("read-only", grants("schema: s, tables: [a, c], privileges: [SELECT]")))
                .isEmpty();
        assertThat(role("read-only", "target: shop, includes: [reader]")).isEmpty();
    }

    @Test
    void findsRolesThatNobodyCanHold() {
        assertThat(sections("mappings: [{name: m, group: {displayName: g}, roles: [reader]}]\n"))
                .extracting(Finding::toString)
                .containsExactly(
                        "a.yaml:10:3: warning: Nobody can hold role writer. " + "Map a group to it or take it away.");
    }

    @Test
    void keepsSeparatedRolesApart() {
        String both = """
                mappings: [{name: m, group: {displayName: g}, roles: [reader, writer]}]
                separation: [{name: four eyes, never: [reader, writer]}]
                """;

        assertThat(sections(both))
                .extracting(Finding::sentence)
                .containsExactly("Mapping \"m\" gives reader and writer, which \"four eyes\" keeps apart.");
    }

    @Test
    void findsWhatIsMappedTwice() {
        assertThat(sections("""
                mappings:
                  - {name: m, group: {displayName: g}, roles: [reader, writer]}
                  - {name: n, group: {displayName: g}, roles: [writer]}
                """))
                .extracting(Finding::sentence)
                .containsExactly("Mapping \"n\" gives writer to the same people as \"m\".");
    }

    @Test
    void findsConditionsThatLeaveNobodyOut() {
        String some = "{name: some, group: {displayName: g}, roles: [reader, writer], when: 'title pr'%s}";
        String all = "{name: all, group: {displayName: g}, roles: [writer]%s}";
        for (String rules : List.of(
                some.formatted("") + ", " + all.formatted(""),
                all.formatted("") + ", " + some.formatted(", until: 2027-03-31"),
                all.formatted(", until: 2027-03-31") + ", " + some.formatted(", until: 2027-03-31"))) {
            assertThat(sections("mappings: [" + rules + "]\n"))
                    .extracting(Finding::level, Finding::sentence)
                    .containsExactly(tuple(
                            Level.WARNING, "Mapping \"some\" gives writer to some to whom \"all\" gives it anyway."));
        }
        assertThat(sections("mappings: [" + some.formatted("") + ", " + all.formatted(", until: 2027-03-31") + "]\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Reader | ERROR   | Role reader differs from Reader in upper and lower case only.
            READER | ERROR   | Role reader differs from READER in upper and lower case only.
            vvriter | WARNING | Role writer looks like vvriter.
            """)
    void noNameIsTakenForAnother(String name, Level level, String sentence) {
        assertThat(Contracts.read(HEAD + "  " + name + ": {kind: read-only, purpose: p, owner: o, target: shop}\n"
                                + TAIL.replace("x]", name + "]"))
                        .findings())
                .extracting(Finding::level, Finding::sentence)
                .containsExactly(tuple(level, sentence));
    }

    /// Of many that are alike each is told once, and of many that are in one only those that are in no other.
    @Test
    void tellsLittleOfMuchThatIsAlike() {
        StringBuilder roles = new StringBuilder();
        for (int size = 3; size < 20; size++) {
            for (String copy : List.of("a", "b")) {
                roles.append(
                                "  grow_%02d%s: {kind: read-only, purpose: p, owner: o, target: shop, grants: [{database: shop, schema: s, tables: ["
                                        .formatted(size, copy))
                        .append(IntStream.range(0, size).mapToObj(i -> "t" + i).collect(Collectors.joining(", ")))
                        .append("], privileges: [SELECT]}]}\n");
            }
        }

        List<Finding> findings =
                Contracts.read(HEAD + roles + TAIL.replace(", x]", "]")).findings();

        assertThat(findings)
                .filteredOn(it -> it.sentence().startsWith("Role grow_12b"))
                .extracting(Finding::sentence)
                .containsExactly(
                        "Role grow_12b is 91 % equal to grow_11a.", "Role grow_12b has all that grow_10a has.");
        assertThat(findings)
                .filteredOn(it -> it.sentence().startsWith("Role grow_03a"))
                .isEmpty();
    }

    @Test
    void findsWhatWasNeverTriedInStaging() {
        String staged = LAKE.replace("production: {", "staging: {}, production: {")
                        .replace(
                                "lake: {engine: postgresql, environment: production",
                                "lake: {engine: postgresql, environment: staging")
                + """
                  tried: {kind: read-only, purpose: p, owner: o, target: lake}
                mappings:
                  - {name: m, group: {displayName: g}, roles: [reader]}
                  - {name: n, group: {displayName: h}, roles: [writer, tried]}
                """;

        assertThat(Contracts.read(staged).findings())
                .extracting(Finding::sentence)
                .containsExactly("Mapping \"m\" gives group g something in production and nothing in staging.");
    }

    @Test
    void lendsNothingForTooLongAndLeavesApprovalToOthers() {
        assertThat(sections("""
                mappings: [{name: m, group: {displayName: g}, roles: [reader]}]
                elevations: [{role: writer, who: {group: {displayName: g}}, approvers: {group: {displayName: g}}, atMost: PT9H}]
                """))
                .filteredOn(it -> it.level() != Level.NOTE)
                .extracting(Finding::sentence)
                .containsExactly(
                        "Role writer is lent for longer than production allows.",
                        "Those who may ask for writer approve it themselves.");
    }

    @Test
    void makesNothingThatIsProtected() {
        assertThat(sections("""
                mappings: [{name: m, group: {displayName: g}, roles: [reader, writer]}]
                protected: {logins: ["READ*", "job"]}
                services:
                  - {name: job, owner: {userName: ada}, roles: [reader]}
                  - {name: writer, owner: {userName: ada}, roles: [writer]}
                """))
                .filteredOn(Finding::isError)
                .extracting(Finding::sentence)
                .containsExactlyInAnyOrder(
                        "Role reader is protected, so it can never be made.",
                        "Service job is protected, so it can never be made.",
                        "Service writer has the name of a role.");
    }

    @Test
    void saysThatFunctionsMayWrite() {
        assertThat(role("read-only", grants("schema: s, function: 'f(int)', privileges: [EXECUTE]")))
                .extracting(Finding::level, Finding::sentence)
                .containsExactly(tuple(
                        Level.NOTE,
                        "Role x is read-only as far as the functions are that it may execute; one with the rights of"
                                + " its owner may write."));
        assertThat(role("backup", grants("schema: s, functions: '*', privileges: [EXECUTE]")))
                .extracting(Finding::level, Finding::sentence)
                .containsExactly(tuple(
                        Level.WARNING,
                        "Role x is backup and may execute every function of a schema, also one that writes."));
        assertThat(role("read-write", grants("schema: s, function: 'f(int)', privileges: [EXECUTE]")))
                .isEmpty();
    }

    /// What an environment forbids, what a role has, and which of the two is found.
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            superuser  | schema: s, table: c, privileges: [TRIGGER]       | and so can make others run its code, a superuser too; production forbids superuser.
            superuser  | schema: public, privileges: [CREATE]             | and so can make others run its code, a superuser too; production forbids superuser.
            superuser  | schema: s, privileges: [CREATE]                  | -
            bypassrls  | schema: s, table: c, privileges: [TRIGGER]       | -
            bypassrls  | schema: s, table: a, privileges: [TRUNCATE]      | which passes by the row rules on table s.a; production forbids bypassrls.
            bypassrls  | schema: s, tables: '*', privileges: [REFERENCES] | which passes by the row rules on table s.a; production forbids bypassrls.
            bypassrls  | schema: s, table: a, columns: [d], privileges: [REFERENCES] | which passes by the row rules on table s.a; production forbids bypassrls.
            bypassrls  | schema: s, table: b, privileges: [TRUNCATE]      | -
            superuser  | schema: s, table: a, privileges: [TRUNCATE]      | -
            """)
    void aForbiddenPowerCannotBeHadInEffectEither(String power, String grant, @Nullable String sentence) {
        String limited = (HEAD + "  x: {kind: admin, purpose: p, owner: o, " + grants(grant) + "}\n" + TAIL)
                .replace("maxLease: PT8H", "forbid: [" + power + "]")
                .replace(
                        "privileges: [SELECT]}]}",
                        "privileges: [SELECT]}], rows: [{database: shop, table: s.a, using: b > 1}]}");

        assertThat(Contracts.read(limited).findings())
                .filteredOn(Finding::isError)
                .extracting(Finding::sentence)
                .hasSize(sentence == null ? 0 : 1)
                .allMatch(it -> it.endsWith(String.valueOf(sentence)));
    }

    @Test
    void saysWhatIsNotDoneYet() {
        assertThat(Contracts.read(Contracts.WHOLE).findings())
                .extracting(Finding::sentence)
                .contains(
                        "Nobody is asked to approve changes in production yet; whoever can change these files changes"
                                + " the contract.",
                        "Nobody can ask for role orders_writer yet; nothing is lent.",
                        "No account is made for service nightly-export yet.");
    }

    @Test
    void anHeirIsNoRoleOfOurs() {
        assertThat(Contracts.read(HEAD.replace("shop_owner", "writer") + TAIL.replace(", x", ""))
                        .findings())
                .extracting(Finding::sentence)
                .containsExactly("Role writer is also the heir of shop.");
    }

    @Test
    void theWholeLanguageIsSound() {
        assertThat(Contracts.read(Contracts.WHOLE).findings()).noneMatch(Finding::isError);
    }
}
