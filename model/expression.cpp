#include "model/expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace levee {

namespace {

double apply(Operation operation, double a, double b) {
  switch (operation) {
    case Operation::add:
      return a + b;
    case Operation::subtract:
      return a - b;
    case Operation::multiply:
      return a * b;
    case Operation::divide:
      return a / b;
    case Operation::power:
      return std::pow(a, b);
    case Operation::minimum:
      return a <= b ? a : b;
    case Operation::maximum:
      return a >= b ? a : b;
    case Operation::negate:
      return -a;
    case Operation::exponential:
      return std::exp(a);
    case Operation::logarithm:
      return std::log(a);
    default:
      return 0;
  }
}

struct Slopes {
  double first = 0;
  double second = 0;
};

Slopes slopes(Operation operation, double a, double b, double value) {
  switch (operation) {
    case Operation::add:
      return {1, 1};
    case Operation::subtract:
      return {1, -1};
    case Operation::multiply:
      return {b, a};
    case Operation::divide:
      return {1 / b, -value / b};
    case Operation::power:
      return {b == 0 ? 0 : b * std::pow(a, b - 1), value == 0 ? 0 : value * std::log(a)};
    case Operation::minimum:
      return a <= b ? Slopes{1, 0} : Slopes{0, 1};
    case Operation::maximum:
      return a >= b ? Slopes{1, 0} : Slopes{0, 1};
    case Operation::negate:
      return {-1, 0};
    case Operation::exponential:
      return {value, 0};
    case Operation::logarithm:
      return {1 / a, 0};
    default:
      return {};
  }
}

/// Recursive descent over the grammar of the header.
class Parser {
 public:
  Parser(const std::string& text, const Location& where, const std::string& excerpt, const ReferenceResolver& resolve)
      : text_(text), where_(where), excerpt_(excerpt), resolve_(resolve) {}

  Expression parse() {
    sum();
    skip_space();
    if (position_ != text_.size()) fail(fmt::format("found '{}', expected an operator or the end", text_[position_]));
    return std::move(result_);
  }

 private:
  void sum() {
    product();
    while (true) {
      if (accept('+')) {
        product();
        push(Operation::add);
      } else if (accept('-')) {
        product();
        push(Operation::subtract);
      } else {
        return;
      }
    }
  }

  void product() {
    signed_power();
    while (true) {
      if (accept('*')) {
        signed_power();
        push(Operation::multiply);
      } else if (accept('/')) {
        signed_power();
        push(Operation::divide);
      } else {
        return;
      }
    }
  }

  void signed_power() {
    const Depth depth(*this);
    if (accept('-')) {
      signed_power();
      push(Operation::negate);
    } else if (accept('+')) {
      signed_power();
    } else {
      primary();
      if (accept('^')) {
        signed_power();
        push(Operation::power);
      }
    }
  }

  void primary() {
    skip_space();
    if (position_ == text_.size()) fail("the expression ends where a number, a name or '(' is expected");
    const char c = text_[position_];
    if (accept('(')) {
      sum();
      expect(')');
    } else if (std::isdigit(static_cast<unsigned char>(c)) || c == '.') {
      number();
    } else if (std::isalpha(static_cast<unsigned char>(c)) || c == '_') {
      name_or_call();
    } else {
      fail(fmt::format("found '{}', expected a number, a name or '('", c));
    }
  }

  void number() {
    double value = 0;
    const char* begin = text_.data() + position_;
    const auto [end, status] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (status != std::errc()) fail("not a number");
    position_ += static_cast<std::size_t>(end - begin);
    operands_.push_back(result_.add_constant(value));
  }

  void name_or_call() {
    const std::size_t start = position_;
    const std::string name = word("_");
    if (!accept('(')) {
      reference(name, "", start);
      return;
    }
    if (name == "min" || name == "max") {
      sum();
      const Operation operation = name == "min" ? Operation::minimum : Operation::maximum;
      expect(',');
      do {
        sum();
        push(operation);
      } while (accept(','));
      expect(')');
    } else if (name == "exp" || name == "log") {
      sum();
      expect(')');
      push(name == "exp" ? Operation::exponential : Operation::logarithm);
    } else {
      skip_space();
      const std::string argument = argument_text();
      expect(')');
      reference(name, argument, start);
    }
  }

  /// Everything up to the closing parenthesis: codes may hold characters that names may not.
  std::string argument_text() {
    const std::size_t start = position_;
    while (position_ < text_.size() && text_[position_] != ')' && text_[position_] != '(') ++position_;
    std::size_t end = position_;
    while (end > start && std::isspace(static_cast<unsigned char>(text_[end - 1]))) --end;
    if (end == start) fail("found nothing, expected a name");
    return text_.substr(start, end - start);
  }

  void reference(const std::string& name, const std::string& argument, std::size_t start) {
    try {
      operands_.push_back(result_.add_reference(resolve_(name, argument)));
    } catch (const std::invalid_argument& error) {
      position_ = start;
      fail(error.what());
    }
  }

  std::string word(const std::string& extra) {
    const std::size_t start = position_;
    while (position_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[position_])) ||
                                        extra.find(text_[position_]) != std::string::npos)) {
      ++position_;
    }
    return text_.substr(start, position_ - start);
  }

  void skip_space() {
    while (position_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[position_]))) ++position_;
  }

  bool accept(char c) {
    skip_space();
    if (position_ >= text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }

  void expect(char c) {
    if (accept(c)) return;
    fail(position_ < text_.size() ? fmt::format("found '{}', expected '{}'", text_[position_], c)
                                  : fmt::format("the expression ends where '{}' is expected", c));
  }

  void push(Operation operation) {
    const bool unary =
        operation == Operation::negate || operation == Operation::exponential || operation == Operation::logarithm;
    const int second = unary ? -1 : take();
    operands_.push_back(result_.add_operation(operation, take(), second));
  }

  int take() {
    const int step = operands_.back();
    operands_.pop_back();
    return step;
  }

  [[noreturn]] void fail(const std::string& message) const {
    Location at = where_;
    if (at.column > 0) at.column += static_cast<int>(position_);
    throw InputError(at, fmt::format("in the expression '{}': {}", text_, message), excerpt_);
  }

  /// Input decides how deep the parser recurses; a bound keeps it off the end of the stack.
  struct Depth {
    explicit Depth(Parser& owner) : parser(owner) {
      if (++parser.depth_ > 200) parser.fail("nested too deeply");
    }
    ~Depth() { --parser.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    Parser& parser;
  };

  const std::string& text_;
  const Location& where_;
  const std::string& excerpt_;
  const ReferenceResolver& resolve_;
  std::size_t position_ = 0;
  int depth_ = 0;
  Expression result_;
  std::vector<int> operands_;
};

}  // namespace

bool Expression::depends_on_parameters_only() const {
  for (const ExpressionStep& step : steps) {
    if (step.operation == Operation::reference && step.reference.kind != ReferenceKind::parameter) return false;
  }
  return true;
}

int Expression::add_constant(double value) {
  steps.push_back({Operation::constant, value, {}, -1, -1});
  return static_cast<int>(steps.size()) - 1;
}

int Expression::add_reference(Reference reference) {
  steps.push_back({Operation::reference, 0, reference, -1, -1});
  return static_cast<int>(steps.size()) - 1;
}

int Expression::add_operation(Operation operation, int first, int second) {
  steps.push_back({operation, 0, {}, first, second});
  return static_cast<int>(steps.size()) - 1;
}

Expression parse_expression(const std::string& text, const Location& where, const std::string& excerpt,
                            const ReferenceResolver& resolve) {
  Expression expression = Parser(text, where, excerpt, resolve).parse();
  expression.text = text;
  expression.where = where;
  return expression;
}

double evaluate_steps(const Expression& expression, std::span<double> values) {
  for (std::size_t k = 0; k < expression.steps.size(); ++k) {
    const ExpressionStep& step = expression.steps[k];
    if (step.operation == Operation::constant) {
      values[k] = step.value;
    } else if (step.operation != Operation::reference) {
      values[k] = apply(step.operation, values[step.first], step.second < 0 ? 0.0 : values[step.second]);
    }
  }
  return values[expression.steps.size() - 1];
}

double evaluate(const Expression& expression, const std::function<double(const Reference&)>& value_of) {
  std::vector<double> values(expression.steps.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    const ExpressionStep& step = expression.steps[k];
    if (step.operation == Operation::reference) values[k] = value_of(step.reference);
  }
  return evaluate_steps(expression, values);
}

double addend_magnitude(const Expression& expression, std::span<const double> values) {
  double magnitude = 0;
  std::vector<int> open{static_cast<int>(expression.steps.size()) - 1};
  while (!open.empty()) {
    const int k = open.back();
    open.pop_back();
    const ExpressionStep& step = expression.steps[k];
    if (step.operation == Operation::add || step.operation == Operation::subtract) open.push_back(step.second);
    if (step.operation == Operation::add || step.operation == Operation::subtract ||
        step.operation == Operation::negate) {
      open.push_back(step.first);
    } else {
      magnitude += std::abs(values[k]);
    }
  }
  return magnitude;
}

void accumulate_adjoints(const Expression& expression, std::span<const double> values, std::span<double> adjoints) {
  const std::size_t count = expression.steps.size();
  std::fill(adjoints.begin(), adjoints.end(), 0.0);
  adjoints[count - 1] = 1;
  for (std::size_t k = count; k-- > 0;) {
    const ExpressionStep& step = expression.steps[k];
    if (step.first < 0 || adjoints[k] == 0) continue;
    const double second = step.second < 0 ? 0.0 : values[step.second];
    const Slopes slope = slopes(step.operation, values[step.first], second, values[k]);
    adjoints[step.first] += adjoints[k] * slope.first;
    if (step.second >= 0) adjoints[step.second] += adjoints[k] * slope.second;
  }
}

}  // namespace levee
