package dev.rolewright.reconcile;

import dev.rolewright.model.PersonId;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

/// A test in which newcomers are made while somebody is spoken of.
abstract class ArrivalsFlow {

    @Inject
    Premises premises;

    Arrivals arrivals;
    Scene scene;
    PersonId ada;

    @BeforeEach
    void setTheScene() {
        arrivals = new Arrivals(premises);
        scene = arrivals.scene;
        ada = arrivals.ada;
    }
}
