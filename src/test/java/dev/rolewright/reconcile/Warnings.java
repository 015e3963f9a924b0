package dev.rolewright.reconcile;

import dev.rolewright.web.WrittenDown;
import java.util.List;

/// What the log is warned of a target.
final class Warnings {

    private Warnings() {}

    /// By a pass over the whole of it.
    static List<String> ofAPass(Scene scene) throws Exception {
        return ofAPass(scene, scene.rig);
    }

    static List<String> ofAPass(Scene scene, Rig rig) throws Exception {
        scene.wantWhole();
        WrittenDown log = new WrittenDown();
        log.during(() -> {
            rig.settle(scene.target);
            return true;
        });
        return log.usual()
                .lines()
                .filter(line -> line.startsWith("WARN") && line.contains("Not safe: Target " + scene.target))
                .toList();
    }
}
