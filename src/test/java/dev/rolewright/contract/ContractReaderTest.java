package dev.rolewright.contract;

import static dev.rolewright.contract.Contracts.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rolewright.contract.Environment.Power;
import dev.rolewright.contract.Finding.Level;
import dev.rolewright.contract.GroupSelector.Name;
import dev.rolewright.contract.Lifecycle.Credentials;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Limits;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleKind;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Contracts are read whole and strictly.
class ContractReaderTest {

    private static final RoleName READER = new RoleName("orders_reader");

    @Test
    void readsTheWholeLanguage() {
        Contract contract = Contracts.contract(WHOLE);

        assertThat(contract.environments().get("production"))
                .isEqualTo(new Environment(
                        "production",
                        2,
                        Set.of(Power.SUPERUSER, Power.CREATEROLE, Power.BYPASSRLS),
                        Optional.of(Duration.ofHours(8)),
                        new Place("a.yaml", 3, 3)));
        assertThat(contract.target(new TargetName("orders")))
                .isEqualTo(new Target(
                        new TargetName("orders"),
                        "postgresql",
                        "production",
                        Set.of("orders"),
                        Optional.of(new RoleName("orders_owner")),
                        Target.Drift.REVERT));
        assertThat(contract.roles()).hasSize(3);
        assertThat(contract.mappings())
                .extracting(Mapping::group)
                .containsExactly(
                        GroupSelector.ofAnySource(new Name.DisplayName("db-analysts")),
                        GroupSelector.ofAnySource(new Name.Matches("db-*-contractors")),
                        GroupSelector.ofAnySource(new Name.ExternalId("4711")));
        assertThat(contract.mappings().get(0).when()).isPresent();
        assertThat(contract.mappings().get(1).until()).contains(LocalDate.of(2027, 3, 31));
        assertThat(contract.separations())
                .singleElement()
                .satisfies(it -> assertThat(it.never())
                        .containsExactlyInAnyOrder(new RoleName("orders_writer"), new RoleName("orders_approver")));
        assertThat(contract.elevations())
                .singleElement()
                .satisfies(it -> assertThat(it.atMost()).isEqualTo(Duration.ofHours(4)));
        assertThat(contract.services()).singleElement().satisfies(it -> {
            assertThat(it.owner()).isEqualTo(new PersonSelector.UserName("ada@example.org"));
            assertThat(it.connections()).contains(2);
        });
        assertThat(contract.lifecycle().credentials()).isEqualTo(Credentials.PASSWORD);
        assertThat(contract.lifecycle().grace()).isEqualTo(Duration.ofDays(10));
        assertThat(contract.protection().patterns()).containsExactly("app_*", "postgres");
        assertThat(contract.brakes()).isEqualTo(new Limits(10, 15, 25, 3));
    }

    @Test
    void readsEveryFormOfGrant() {
        Role reader = Contracts.contract(WHOLE).role(READER);

        assertThat(reader.kind()).isEqualTo(RoleKind.READ_ONLY);
        assertThat(reader.grants().stream().flatMap(RoleGrant::grants))
                .containsExactlyInAnyOrder(
                        Grant.of("orders", new ObjectRef.EveryTable("sales"), PrivilegeName.SELECT),
                        Grant.of("orders", new ObjectRef.EverySequence("sales"), PrivilegeName.SELECT),
                        Grant.of("orders", new ObjectRef.Column("crm", "customers", "id"), PrivilegeName.SELECT),
                        Grant.of("orders", new ObjectRef.Column("crm", "customers", "country"), PrivilegeName.SELECT),
                        Grant.of(
                                "orders",
                                new ObjectRef.Function("sales", "order_total(bigint)"),
                                PrivilegeName.EXECUTE));
        assertThat(reader.grants().stream().flatMap(RoleGrant::defaults))
                .singleElement()
                .satisfies(it -> assertThat(it.label())
                        .isEqualTo("SELECT on tables that orders_owner will make in schema sales of orders"));
        assertThat(reader.rows())
                .extracting(Role.RowRule::policy)
                .containsExactly(RowPolicy.of("orders", new ObjectRef.Table("sales", "orders"), "region = 'EU'"));
    }

    @Test
    void takesWhatIsUsualWhereNothingIsSaid() {
        Contract contract = Contracts.contract("contract: 1");

        assertThat(contract.lifecycle().login().text()).isEqualTo("{userName.local}");
        assertThat(contract.lifecycle().grace()).isEqualTo(Duration.ofDays(30));
        assertThat(contract.brakes()).isEqualTo(Limits.USUAL);
        assertThat(contract.protection().patterns()).isEmpty();
    }

    /// A piece of the whole contract, what stands there instead, and where and how it is found.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            purpose: Reporting    | porpuse: Reporting  | 14:5  | A role has no key "porpuse". | Did you mean "purpose"?
            purpose: Reporting    | porpuse: Reporting  | 13:5  | A role needs the key "purpose". | Add it.
            kind: read-only       | kind: read-onyl     | 13:11 | "read-onyl" is not possible here. | Did you mean "read-only"?
            approvals: 2          | approvals: '2'      | 3:27  | "approvals" is a whole number. | Write digits, without quotes.
            approvals: 2          | approvals: 12       | 3:27  | "approvals" is between 0 and 10, not 12. | Choose another number.
            maxLease: PT8H        | maxLease: 8h        | 3:84  | "8h" is not a length of time. | Write days as P30D and hours as PT8H; months and years have no fixed length.
            engine: postgresql    | engine: postgres    | 6:13  | There is no engine "postgres". | Did you mean "postgresql"?
            databases: [orders]   | databases: orders   | 8:16  | "databases" is a list, not a single value. | Write it in square brackets.
            databases: [orders]   | databases: ["*", x] | 8:16  | A target manages the databases it lists or all of them, not both. | Keep "*" alone or the names.
            includes: [orders_reader] | includes: [order_reader] | 29:16 | There is no role "order_reader". | Did you mean "orders_reader"?
            includes: [orders_reader] | includes: [pg_write_server_files] | 29:16 | "pg_write_server_files" is a role of the server itself, which no contract reaches. | It equals superuser; grant what is needed on the objects themselves.
            includes: [orders_reader] | includes: [orders_reader, orders_reader] | 29:31 | "orders_reader" stands twice in "includes". | Keep one of the two.
            orders_approver:      | pg_approver:        | 32:3  | "pg_approver" cannot be the name of a role of ours. | Use at most 63 letters, digits and _ . - @ + $; public, none, postgres, pg_… and the like belong to the server.
            orders_approver:      | rds_superuser:      | 32:3  | "rds_superuser" cannot be the name of a role of ours. | Use at most 63 letters, digits and _ . - @ + $; public, none, postgres, pg_… and the like belong to the server.
            orders_approver:      | None:               | 32:3  | "None" cannot be the name of a role of ours. | Use at most 63 letters, digits and _ . - @ + $; public, none, postgres, pg_… and the like belong to the server.
            orders_approver:      | rolewright_x:       | 32:3  | "rolewright_x" is a name that we use ourselves. | Choose another beginning.
            heir: orders_owner    | heir: postgres      | 9:11  | "postgres" cannot be the name of a role of ours. | Use at most 63 letters, digits and _ . - @ + $; public, none, postgres, pg_… and the like belong to the server.
            name: nightly-export  | name: postgres      | 61:12 | "postgres" cannot be the name of a service. | Use at most 63 lower-case letters, digits, underscores and hyphens, and no name that servers or their providers use.
            'schema: crm,'        | 'schema: pg_catalog,' | 20:36 | Schema "pg_catalog" belongs to the server; who may do something there may become superuser. | Grant what is needed on objects of your own.
            table: sales.orders   | table: Information_Schema.orders | 23:35 | Schema "Information_Schema" belongs to the server; who may do something there may become superuser. | Grant what is needed on objects of your own.
            userType eq           | groups.display eq   | 42:11 | This condition asks for groups.display, which the identity provider does not say of a person. | Name groups with the key "group", and ask here for what is said of the person.
            'userType eq "Employee"' | 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager[displayName pr]' | 42:11 | This condition asks for urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName, which the identity provider does not say of a person. | Name groups with the key "group", and ask here for what is said of the person.
            'userType eq "Employee"' | 'schemas co "x"' | 42:11 | This condition asks for schemas, which the identity provider does not say of a person. | Name groups with the key "group", and ask here for what is said of the person.
            "region = 'EU'"       | "true); drop table x" | 23:56 | A row rule is one whole expression. | Close brackets and quotes, and leave out semicolons, comments, dollar quotes and backslashes.
            privileges: [SELECT, INSERT] | privileges: [SELECT, INSRT] | 38:82 | There is no privilege "INSRT" on a table. | Did you mean "INSERT"?
            privileges: [EXECUTE] | privileges: [SELECT] | 21:92 | There is no privilege "SELECT" on a function. | Possible is EXECUTE.
            table: approvals,     | table: approvals, sequence: s, | 38:71 | One grant is on one kind of thing, not on table and sequence. | Write one grant for each.
            'schema: sales, table: approvals,' | 'table: approvals,' | 38:9 | A table lies in a schema. | Add the key "schema".
            database: orders, table: sales.orders | database: other, table: sales.orders | 23:20 | Target orders does not manage a database "other". | Possible is orders.
            table: sales.orders   | table: orders       | 23:35 | A row rule is on a table of a schema. | Write schema and table: sales.orders.
            userType eq           | usrType eq          | 42:11 | This condition is not a SCIM filter on a user: User has no attribute usrType. | Write something like userType eq "Employee".
            until: 2027-03-31     | until: 2027-02-31   | 47:12 | "2027-02-31" is not a day. | Write year, month and day: 2027-03-31.
            {displayName: db-analysts} | {}             | 41:12 | This does not say in exactly one way who is meant. | Keep one of the keys displayName, externalId, matches.
            name: leads approve   | name: analysts read orders | 48:11 | A mapping "analysts read orders" is defined twice, first at a.yaml:40:11. | Keep one of the two or rename this one.
            '"{userName.local}"'  | '"{nickname.local} {x"' | 56:10 | A brace of the template "{nickname.local} {x" has no partner. | Mend "{nickname.local} {x".
            '"{userName.local}"'  | '"{shoeSize}"'      | 56:10 | A user has no attribute "shoeSize" that a name could be made from. | Mend "{shoeSize}".
            '"{userName.local}"'  | '"{groups.display}"' | 56:10 | A user has no attribute "groups.display" that a name could be made from. | Mend "{groups.display}".
            '"{userName.local}"'  | '"{schemas}"' | 56:10 | A user has no attribute "schemas" that a name could be made from. | Mend "{schemas}".
            '"{userName.local}"'  | login               | 56:10 | The template "login" would name everybody alike. | Mend "login".
            removeLogins: "10%"   | removeLogins: 10    | 64:24 | "removeLogins" is a text, and YAML takes 10 for something else. | Write "10" in quotes.
            removeLogins: "10%"   | removeLogins: "110%" | 64:24 | "110%" is not a share. | Write something between "0%" and "100%".
            'table: customers,'   | 'table: "*",'       | 20:48 | A name has no *. | Write the names one by one.
            'columns: [id, country]' | 'columns: ["*"]' | 20:69 | A name has no *. | Write the names one by one.
            'schema: crm'         | 'schema: "*"'       | 20:36 | A name has no *. | Write the names one by one.
            databases: [orders]   | databases: ["orders*"] | 8:17 | A name has no *. | Write the names one by one.
            createdBy: [orders_owner] | createdBy: ["*"] | 18:99 | A name has no *. | Write the names one by one.
            table: sales.orders   | table: sales.*      | 23:35 | A name has no *. | Write the names one by one.
            purpose: Reporting on orders | purpose: "\u00a0" | 14:14 | "purpose" is empty. | Write a value or take the key away.
            drift: revert         | drift: revert, x    | 10:12 | "revert, x" is not possible here. | Did you mean "revert"?
            contract: 1           | contract: 2         | 1:11  | This version of the language is not known. | Write "contract: 1".
            connections: 2        | connections: 0      | 61:119 | "connections" is between 1 and 10000, not 0. | Choose another number.
            never: [orders_writer, orders_approver] | never: [orders_writer] | 52:52 | One role alone is never held together. | Name another one.
            heir: orders_owner    | heir:               | 9:10  | A value is missing. | Write one or take the key away.
            heir: orders_owner    | heir: !x y          | 9:11  | A contract has no tags. | Take the tag away.
            """)
    void findsWhatIsNotUnderstood(String piece, String other, String at, String sentence, String fix) {
        assertThat(Contracts.findings(piece, other))
                .extracting(
                        Finding::level,
                        it -> it.place().line() + ":" + it.place().column(),
                        Finding::sentence,
                        Finding::fix)
                .contains(tuple(Level.ERROR, at, sentence, fix));
    }

    @Test
    void findsEverythingInOneReading() {
        Reading reading =
                Contracts.read(WHOLE.replace("kind: read-only", "kind: x").replace("P10D", "ten days"));

        assertThat(reading.contract()).isEmpty();
        assertThat(reading.findings()).hasSizeGreaterThanOrEqualTo(2).allMatch(Finding::isError);
    }

    /// A list of two of which one is misspelt has two, and a group whose name is misspelt is named in one way.
    @Test
    void saysAMistakeOnce() {
        assertThat(Contracts.findings(
                        "never: [orders_writer, orders_approver]", "never: [orders_writer, orders_aprover]"))
                .extracting(Finding::sentence)
                .filteredOn(sentence -> !sentence.contains(" yet"))
                .containsExactly("There is no role \"orders_aprover\".");
        assertThat(Contracts.findings("group: {displayName: db-analysts}", "group: {displayName: 12}"))
                .filteredOn(Finding::isError)
                .extracting(Finding::sentence)
                .containsExactly("\"displayName\" is a text, and YAML takes 12 for something else.");
    }

    @Test
    void saysWhereAFileIsNotYaml() {
        assertThat(Contracts.read("contract: 1\nroles: {a: [}\n").findings())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.sentence()).startsWith("This is not YAML");
                    assertThat(it.place().line()).isEqualTo(2);
                });
    }

    @Test
    void refusesAliasesAndKeysThatStandTwice() {
        assertThat(Contracts.read("contract: 1\nprotected: {logins: [*]}").contract())
                .isEmpty();
        assertThat(Contracts.read("contract: 1\nprotected: {logins: [x, *all]}").findings())
                .extracting(Finding::toString)
                .containsExactly("a.yaml:2:25: error: A contract has no aliases. "
                        + "Write the value out; a text that begins with * is written in quotes.");
        assertThat(Contracts.read("contract: 1\nbrakes: {atLeast: 3, atLeast: 4}")
                        .findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "a.yaml:2:22: error: \"atLeast\" stands here twice, first at a.yaml:2:10. Keep one of the two.");
    }

    @Test
    void bringsFilesTogether() {
        int cut = WHOLE.indexOf("mappings:");
        String first = WHOLE.substring(0, cut);
        String second = "contract: 1\n" + WHOLE.substring(cut);

        assertThat(Contracts.contract(first, second).digest())
                .isEqualTo(Contracts.contract(WHOLE).digest());
        assertThat(Contracts.contract(second, first).digest())
                .isEqualTo(Contracts.contract(WHOLE).digest());
    }

    @Test
    void takesANameOnceOverAllFiles() {
        String target = "contract: 1\nenvironments: {e: {}}\n";

        assertThat(Contracts.read(target, target).findings())
                .extracting(Finding::toString)
                .containsExactly("b.yaml:2:16: error: \"e\" is defined twice, first at a.yaml:2:16. "
                        + "Keep one of the two or rename this one.");
        assertThat(Contracts.read("contract: 1\nlifecycle: {grace: P1D}", "contract: 1\nlifecycle: {grace: P2D}")
                        .findings())
                .extracting(Finding::sentence)
                .containsExactly("\"lifecycle\" stands in two files, first at a.yaml:2:1.");
    }

    @Test
    void theDigestSpeaksOfMeaning() {
        String digest = Contracts.contract(WHOLE).digest();

        assertThat(Contracts.contract(WHOLE.replace("[INSERT, UPDATE]", "[ UPDATE,  INSERT ]"))
                        .digest())
                .isEqualTo(digest);
        assertThat(Contracts.contract(WHOLE.replace("[INSERT, UPDATE]", "[INSERT]"))
                        .digest())
                .isNotEqualTo(digest);
    }

    @Test
    void findsNamesThatNothingCanHave() {
        String endless = "x".repeat(300);
        for (String odd : List.of(
                WHOLE.replace("databases: [orders]", "databases: [" + endless + "]"),
                WHOLE.replace("databases: [orders]", "databases: [\"\\0\"]"),
                WHOLE.replace("databases: [orders]", "databases: [\"*\"]")
                        .replace("database: orders", "database: " + endless),
                WHOLE.replace("schema: sales", "schema: " + endless),
                WHOLE.replace("schema: sales, tables: [orders, order_lines]", "schema: " + endless),
                WHOLE.replace("table: approvals", "table: " + endless),
                WHOLE.replace("table: sales.orders", "table: sales." + endless),
                WHOLE.replace("orders_approver", endless),
                WHOLE.replace("orders_approver", "\"a\\0b\""),
                WHOLE.replace("heir: orders_owner", "heir: " + endless),
                WHOLE.replace("createdBy: [orders_owner]", "createdBy: [" + endless + "]"),
                WHOLE.replace("production", "\"\""),
                WHOLE.replace("  orders:", "  Orders:").replace("target: orders", "target: Orders"))) {
            assertThat(Contracts.read(odd).contract()).isEmpty();
        }
    }

    @Test
    void anEmptyDirectoryIsNoContract() {
        assertThat(Contracts.read().contract()).isEmpty();
        assertThat(Contracts.read("# nothing\n").contract()).isEmpty();
    }

    @Test
    void saysWhatItAsksOfAPerson() {
        Contract contract = Contracts.contract(Contracts.WHOLE.replace("{userName.local}", "{name.familyName}{title}"));

        assertThat(contract.attributes())
                .containsExactlyInAnyOrder(
                        "userType", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "name", "title");
        assertThat(Contracts.contract(Contracts.WHOLE.replace(
                                "owner: {userName: ada@example.org}", "owner: {externalId: E-1}"))
                        .attributes())
                .contains("externalId");
    }
}
