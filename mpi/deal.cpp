#include "mpi/deal.hpp"

#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "data/diagnostics.hpp"
#include "report/record_text.hpp"
#include "scenarios/dealer.hpp"
#include "scenarios/scenario_worker.hpp"

namespace levee {

namespace {

std::string text_of(const ScenarioRecord& record) {
  std::string text;
  const RecordText parts = record_text(record);
  for (const std::string_view piece : parts.pieces()) text += piece;
  return text;
}

class Dealing {
 public:
  Dealing(RunSession& session, const Processes& processes)
      : session_(session), processes_(processes), plan_(session.plan()), dealer_(plan_) {}

  void run() {
    session_.tell_start(plan_.wanted());
    {
      const std::jthread own([this] { work_here(); });
      for (int busy = processes_.count() - 1; busy > 0;) {
        Message message = processes_.wait();
        guard([&] {
          if (message.kind == Message::Kind::fault) throw InputError({}, message.text);
          if (message.kind == Message::Kind::record) take(read_record(message.text));
        });
        const std::optional<int> place = next(message.from);
        if (place) {
          processes_.send(message.from, Message::Kind::work, std::to_string(*place));
        } else {
          processes_.send(message.from, Message::Kind::stop);
          --busy;
        }
      }
    }
    if (fault_) std::rethrow_exception(fault_);
    if (stopped()) mark_the_rest();
  }

 private:
  bool stopped() const { return session_.options().interrupted->load(); }

  std::optional<int> next(int process) {
    const std::lock_guard lock(lock_);
    if (fault_ || stopped()) return std::nullopt;
    return dealer_.next(process);
  }

  void take(const ScenarioRecord& record) {
    const std::lock_guard lock(lock_);
    session_.take(record);  // first: what the user reads is kept
    session_.tell(record);
  }

  /// Runs a step; a fault, the first one, ends the dealing.
  void guard(const std::function<void()>& step) {
    try {
      step();
    } catch (...) {
      const std::lock_guard lock(lock_);
      if (!fault_) fault_ = std::current_exception();
    }
  }

  /// The first process solves too, beside listening.
  void work_here() {
    guard([this] {
      ScenarioWorker worker(session_.study(), plan_, session_.options());
      while (const auto place = next(processes_.own())) {
        worker.run(*place, [this](const ScenarioResult& result, const ScenarioResult* reference, bool whole) {
          take(make_record(session_.study(), result, reference, whole));
        });
      }
    });
  }

  /// After an interruption nothing is solved any more, but every scenario has a record.
  void mark_the_rest() {
    run_scenarios(session_.study(), session_.plan(), session_.options(),
                  [this](const ScenarioResult& result, const ScenarioResult* reference, bool whole) {
                    session_.take(make_record(session_.study(), result, reference, whole));
                  });
  }

  RunSession& session_;
  const Processes& processes_;
  const RunPlan plan_;
  Dealer dealer_;
  std::exception_ptr fault_;
  std::mutex lock_;
};

}  // namespace

void tell_fault(const Processes& processes, const InputError& error) {
  processes.send(0, Message::Kind::fault, error.what());
  while (processes.wait().kind != Message::Kind::stop) {
  }
}

void deal(RunSession& session, const Processes& processes) { Dealing(session, processes).run(); }

void work(const Study& study, const RunPlan& plan, const RunOptions& options, const Processes& processes) {
  ScenarioWorker worker(study, plan, options);
  processes.send(0, Message::Kind::ready);
  for (Message message = processes.wait(); message.kind == Message::Kind::work; message = processes.wait()) {
    worker.run(std::stoi(message.text), [&](const ScenarioResult& result, const ScenarioResult* reference, bool whole) {
      processes.send(0, Message::Kind::record, text_of(make_record(study, result, reference, whole)));
    });
  }
}

}  // namespace levee
