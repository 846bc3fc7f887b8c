package io.liangjiang.payments.ledger;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a batch of instructions names.
 *
 * @param transfers ids of transfers, new and answered
 * @param answered ids of those that are to be answered
 * @param accounts ids of accounts, in order
 * @param onlyPlain whether there is nothing but postings
 */
record Named(Set<UUID> transfers, Set<UUID> answered, Set<Long> accounts, boolean onlyPlain) {
  static Named in(Collection<? extends List<? extends Instruction>> groups) {
    Set<UUID> transfers = new HashSet<>();
    Set<UUID> answered = new HashSet<>();
    Set<Long> accounts = new TreeSet<>();
    boolean onlyPlain = true;
    for (List<? extends Instruction> group : groups) {
      for (Instruction wanted : group) {
        transfers.add(wanted.transferId());
        onlyPlain &= wanted instanceof Posting;
        switch (wanted) {
          case Posting posting -> addAccounts(accounts, posting);
          case Reservation reservation -> addAccounts(accounts, reservation.posting());
          case Answer answer -> answered.add(answer.answeredId());
        }
      }
    }
    transfers.addAll(answered);
    return new Named(transfers, answered, accounts, onlyPlain);
  }

  Named withAccountsOf(List<LedgerTransfer> found) {
    found.forEach(transfer -> addAccounts(accounts, transfer.posting()));
    return this;
  }

  private static void addAccounts(Set<Long> accounts, Posting posting) {
    accounts.add(posting.debitAccountId());
    accounts.add(posting.creditAccountId());
  }
}
