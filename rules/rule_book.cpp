#include "rules/rule_book.hpp"
