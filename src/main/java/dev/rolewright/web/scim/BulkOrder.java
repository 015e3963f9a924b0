package dev.rolewright.web.scim;

import dev.rolewright.web.scim.BulkOperation.Sound;
import dev.rolewright.web.scim.BulkOperation.Verb;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// The order in which a bulk job can run: the client's, but never before what an operation refers to.
///
/// Circles are found as strongly connected components (Tarjan's algorithm); the components are then
/// taken in the order of their first operation, each as soon as nothing it needs is left.
final class BulkOrder {

    private final List<List<Integer>> needs;
    private final int[] found;
    private final int[] lowest;
    private final int[] component;
    private final Deque<Integer> open = new ArrayDeque<>();
    private final List<List<Integer>> components = new ArrayList<>();
    private int counter;

    private BulkOrder(List<List<Integer>> needs) {
        this.needs = needs;
        found = new int[needs.size()];
        lowest = new int[needs.size()];
        component = new int[needs.size()];
        Arrays.fill(component, -1);
    }

    static List<List<Integer>> of(List<BulkOperation> operations) {
        BulkOrder order = new BulkOrder(needs(operations));
        for (int i = 0; i < operations.size(); i++) {
            if (order.found[i] == 0) {
                order.visit(i);
            }
        }
        return order.sorted();
    }

    /// What each operation waits for: what it refers to, and the operation before it on the same resource.
    private static List<List<Integer>> needs(List<BulkOperation> operations) {
        Map<String, Integer> last = new HashMap<>();
        List<List<Integer>> needs = new ArrayList<>(operations.size());
        for (BulkOperation operation : operations) {
            List<Integer> mine = new ArrayList<>();
            if (operation instanceof Sound sound) {
                mine.addAll(sound.references());
            }
            if (operation instanceof Sound sound && sound.verb() != Verb.POST) {
                Integer before = last.put(sound.id(), sound.index());
                if (before != null) {
                    mine.add(before);
                }
            }
            needs.add(mine);
        }
        return needs;
    }

    private void visit(int operation) {
        found[operation] = lowest[operation] = ++counter;
        open.push(operation);
        for (int need : needs.get(operation)) {
            if (found[need] == 0) {
                visit(need);
                lowest[operation] = Math.min(lowest[operation], lowest[need]);
            } else if (component[need] < 0) {
                lowest[operation] = Math.min(lowest[operation], found[need]);
            }
        }
        if (lowest[operation] == found[operation]) {
            List<Integer> members = new ArrayList<>();
            int member;
            do {
                member = open.pop();
                component[member] = components.size();
                members.add(member);
            } while (member != operation);
            members.sort(null);
            components.add(members);
        }
    }

    private List<List<Integer>> sorted() {
        int[] waiting = new int[components.size()];
        List<List<Integer>> dependents = new ArrayList<>();
        components.forEach(c -> dependents.add(new ArrayList<>()));
        for (int operation = 0; operation < needs.size(); operation++) {
            for (int need : needs.get(operation)) {
                if (component[need] != component[operation]) {
                    waiting[component[operation]]++;
                    dependents.get(component[need]).add(component[operation]);
                }
            }
        }
        PriorityQueue<List<Integer>> ready = new PriorityQueue<>((a, b) -> Integer.compare(a.get(0), b.get(0)));
        for (int c = 0; c < waiting.length; c++) {
            if (waiting[c] == 0) {
                ready.add(components.get(c));
            }
        }
        List<List<Integer>> units = new ArrayList<>(components.size());
        for (List<Integer> unit = ready.poll(); unit != null; unit = ready.poll()) {
            units.add(List.copyOf(unit));
            for (int dependent : dependents.get(component[unit.get(0)])) {
                if (--waiting[dependent] == 0) {
                    ready.add(components.get(dependent));
                }
            }
        }
        return units;
    }
}
