/// The way to targets: where each is and how we log in there, and whether one is ready for our work.
///
/// Start with [Sessions], which opens what everybody speaks to a target through; [Connections] knows the address,
/// login and patience from [TargetsConfig], [InstallationConfig] and [PatienceConfig]. [TargetChecks] looks whether a
/// target is as our work needs it, before the contract names it, too; [TargetAway] tells those who ask that one could
/// not be asked. [OpenTargets] tells of a way that others can listen on.
///
/// **Invariants.** A password of ours is read anew for each session, and is in no message. Nothing is changed on a
/// target here.
///
/// **Deliberately absent.** What is said to a target (`reconcile`, `handover`) and in which words (`engine`); what is
/// known of a target, and whether it still is the same server: that stands in rows, which are `reconcile`'s.
@NullMarked
package dev.rolewright.reach;

import org.jspecify.annotations.NullMarked;
