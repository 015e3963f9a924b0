package dev.rolewright.handover;

import dev.rolewright.reconcile.Crew;
import dev.rolewright.reconcile.Rig;

/// What ends passwords, put together by hand beside a process that reconciles.
final class Desk {

    final PasswordBook book;
    final Endings endings;
    final PasswordEnds ends;

    Desk(Rig rig) {
        book = new PasswordBook(rig.store);
        endings = new Endings(rig::active, book, rig.sessions, rig.servers, rig.site.trail(), rig.store);
        ends = new PasswordEnds(endings, book, rig.sessions, new Crew(), rig.config, rig.meters);
    }
}
