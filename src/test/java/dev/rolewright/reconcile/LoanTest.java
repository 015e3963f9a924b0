package dev.rolewright.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.contract.Snapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoanTest {

    @Test
    void whatWasLetGoNeverLooksAsIfNobodyWasThere() {
        Snapshot snapshot = new Snapshot(Map.of(), Map.of());
        Loan loan = new Loan(snapshot);

        assertThat(loan.look()).isSameAs(snapshot);
        assertThat(loan.take()).isSameAs(snapshot);
        assertThatThrownBy(loan::look).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(loan::take).isInstanceOf(NullPointerException.class);
    }
}
