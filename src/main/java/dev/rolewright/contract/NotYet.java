package dev.rolewright.contract;

/// Says what a contract asks for and this release does not do, so that nobody relies on it.
final class NotYet {

    private NotYet() {}

    static void check(Contract contract, Findings findings) {
        contract.environments().values().stream()
                .filter(environment -> environment.approvals() > 0)
                .forEach(environment -> findings.note(
                        environment.place(),
                        "Nobody is asked to approve changes in " + environment.name()
                                + " yet; whoever can change these files changes the contract.",
                        "Have changes of the files reviewed where they are kept."));
        contract.elevations()
                .forEach(elevation -> findings.note(
                        elevation.place(),
                        "Nobody can ask for role " + elevation.role() + " yet; nothing is lent.",
                        "Map a group to the role with an \"until\" as long as that is so."));
        contract.services()
                .forEach(service -> findings.note(
                        service.place(),
                        "No account is made for service " + service.name() + " yet.",
                        "Make it by hand and list it under \"protected\" as long as that is so."));
    }
}
