from trienkhai.cli import main

main(prog_name="trienkhai")
