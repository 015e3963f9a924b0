package dev.rolewright.model;

import static dev.rolewright.model.PrivilegeName.CONNECT;
import static dev.rolewright.model.PrivilegeName.SELECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rolewright.model.DefaultGrant.ObjectKind;
import dev.rolewright.model.ObjectRef.Column;
import dev.rolewright.model.ObjectRef.Database;
import dev.rolewright.model.ObjectRef.EveryTable;
import dev.rolewright.model.ObjectRef.Function;
import dev.rolewright.model.ObjectRef.Table;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObjectRefTest {

    @Test
    void spellsSignaturesInOneWay() {
        assertThat(Function.written("sales", " total( bigint ,character  varying ) "))
                .isEqualTo(new Function("sales", "total(bigint, character varying)"));
        assertThat(Function.written("sales", "now( )").signature()).isEqualTo("now()");
    }

    @Test
    void takesNoFunctionForAnotherOne() {
        assertThat(new Function("sales", "total (bigint)")).isNotEqualTo(new Function("sales", "total(bigint)"));
    }

    @Test
    void refusesFunctionsWithoutArgumentTypes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Function("sales", "total"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Function("sales", "(bigint)"));
    }

    @Test
    void tellsWildcardsFromThings() {
        assertThat(new EveryTable("sales").isWildcard()).isTrue();
        assertThat(new Table("sales", "orders").isWildcard()).isFalse();
    }

    @Test
    void readsLikeASentence() {
        assertThat(Grant.of("shop", new Table("sales", "orders"), SELECT).label())
                .isEqualTo("SELECT on table sales.orders in shop");
        assertThat(Grant.of("shop", new Database(), CONNECT).label()).isEqualTo("CONNECT on database shop");
        assertThat(DefaultGrant.of("shop", new RoleName("owner"), "sales", ObjectKind.TABLES, SELECT)
                        .label())
                .isEqualTo("SELECT on tables that owner will make in schema sales of shop");
        assertThat(RowPolicy.of("shop", new Table("sales", "orders"), " region\n = 'EU' ")
                        .label())
                .isEqualTo("rows of table sales.orders in shop where region = 'EU'");
    }

    @Test
    void hasOneOrderThatAgreesWithEquality() {
        List<ObjectRef> sorted = Stream.<ObjectRef>of(
                        new Table("b", "a"),
                        new Column("a", "b", "c"),
                        new Table("a.b", "c"),
                        new Table("a", "b.c"),
                        new Database())
                .sorted()
                .toList();

        assertThat(sorted.getFirst()).isEqualTo(new Column("a", "b", "c"));
        assertThat(new Table("a.b", "c")).isNotEqualByComparingTo(new Table("a", "b.c"));
        assertThat(new Table("a", "b")).isEqualByComparingTo(new Table("a", "b"));
    }
}
