package dev.rolewright.reconcile.pass;

import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Cuts plans into portions.
///
/// Newcomers only gain, and nothing else in a plan depends on them. Where they are many they come last, some at a time,
/// each with everything that they gain: what came of some can be written down while the next ones are made. Whoever
/// loses or gets back something is in front of them, in the plan's own order. Where those are many, too, they are cut
/// wherever it falls: a session knows what failed in it. Only whoever is locked out is not: nobody's open sessions
/// wait for what keeps somebody else from being locked.
@ApplicationScoped
class Portions {

    private final int newcomers;
    private final int atOnce;

    /// So many steps an engine may do in one transaction, and in several.
    Portions() {
        this(1_000, 10_000);
    }

    /// @param newcomers steps about newcomers that make a portion; fewer are not worth one
    /// @param atOnce steps about everybody else; more where more lock people out
    Portions(int newcomers, int atOnce) {
        this.newcomers = newcomers;
        this.atOnce = atOnce;
    }

    List<Portion> of(Plan plan) {
        Map<PersonId, Integer> places = places(gains(plan));
        List<Line> others = new ArrayList<>();
        SortedMap<Integer, List<Line>> some = new TreeMap<>();
        for (Line line : plan.lines()) {
            line.step()
                    .person()
                    .map(places::get)
                    .map(place -> some.computeIfAbsent(place, _ -> new ArrayList<>()))
                    .orElse(others)
                    .add(line);
        }
        List<Portion> portions = new ArrayList<>();
        int first = Math.max(atOnce, lockouts(others));
        for (int from = 0, to = first; from < others.size(); from = to, to += atOnce) {
            portions.add(new Portion(others.subList(from, Math.min(others.size(), to)), false));
        }
        some.values().forEach(lines -> portions.add(new Portion(lines, true)));
        return portions;
    }

    /// How many steps there are about each newcomer, in the order in which logins are made.
    private static Map<PersonId, Integer> gains(Plan plan) {
        Map<PersonId, Integer> gains = new LinkedHashMap<>();
        Set<PersonId> others = new HashSet<>();
        for (Step step : plan.steps()) {
            switch (step) {
                case Step.CreateLogin(Account account, var _) -> gains.merge(account.person(), 1, Integer::sum);
                case Step.Join(Account account, var _) -> gains.computeIfPresent(account.person(), (_, n) -> n + 1);
                case Step.OfLogin of -> others.add(of.account().person());
                case Step.OfRole _, Step.OfTable _ -> {}
            }
        }
        gains.keySet().removeAll(others);
        return gains;
    }

    private Map<PersonId, Integer> places(Map<PersonId, Integer> gains) {
        if (gains.values().stream().mapToInt(Integer::intValue).sum() <= newcomers) {
            return Map.of();
        }
        Map<PersonId, Integer> places = new HashMap<>();
        int place = 0;
        int steps = 0;
        for (Map.Entry<PersonId, Integer> gain : gains.entrySet()) {
            if (steps > 0 && steps + gain.getValue() > newcomers) {
                place++;
                steps = 0;
            }
            steps += gain.getValue();
            places.put(gain.getKey(), place);
        }
        return places;
    }

    /// How many steps at the beginning lock people out.
    private static int lockouts(List<Line> lines) {
        return (int) lines.stream()
                .takeWhile(line -> switch (line.step()) {
                    case Step.MarkLogin _, Step.SuspendLogin _, Step.EndSessions _ -> true;
                    case Step.OfLogin _, Step.OfRole _, Step.OfTable _ -> false;
                })
                .count();
    }
}
