/// What operators and networks do to a running product: processes killed and stopped, stores and targets that go away,
/// lines that swallow what is sent.
///
/// [Fleet] is packaged replicas on one real store and one real target, each with lines ([Line]) of its own that can be
/// broken; [Pushes] is the identity provider that goes on all the while and remembers what must come out.
@NullMarked
package dev.rolewright.faults;

import org.jspecify.annotations.NullMarked;
